-- one row is a distinct ethnic state and group of the workforce
SELECT DISTINCT organisation_code, '' AS about, ethnic_state, wres_group
FROM core_workforce
WHERE snapshot_date = $snapshot AND list_contains($organisations, organisation_code)
ORDER BY ALL
