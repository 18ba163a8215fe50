-- one row is an organisation: people counted whose primary assignment is not exactly one
SELECT organisation_code, '' AS about, count(*) FILTER (WHERE primaries <> 1) AS people_without_one_primary
FROM core_workforce
WHERE snapshot_date = $snapshot AND counted AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
