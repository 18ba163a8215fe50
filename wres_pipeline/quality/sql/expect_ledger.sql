-- one row is a delivery: rows the reader counted, and accepted and quarantined rows counted again from the tables
SELECT d.organisation_code, d.kind || ' ' || coalesce(CAST(d.period AS VARCHAR), '') AS about,
       d.rows_in, d.rows_accepted + d.rows_quarantined AS rows_accounted_for
FROM deliveries d
WHERE list_contains($organisations, d.organisation_code)
ORDER BY ALL
