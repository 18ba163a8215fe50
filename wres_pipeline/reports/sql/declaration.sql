-- one row is an ethnic state of the workforce at a snapshot, with its people
SELECT ethnic_state, count(*) AS people
FROM core_workforce
WHERE organisation_code = ? AND snapshot_date = ? AND counted
GROUP BY ALL ORDER BY ALL
