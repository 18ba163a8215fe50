-- one row is an organisation's workforce at the snapshot: rows, and different people
SELECT organisation_code, '' AS about, count(*) AS rows_counted, count(DISTINCT employee_number) AS people
FROM core_workforce
WHERE snapshot_date = $snapshot AND counted AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
