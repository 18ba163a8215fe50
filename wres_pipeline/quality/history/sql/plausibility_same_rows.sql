-- one row is a delivery of the year and another of its kind and number of rows, under another day or in another's folder
SELECT d.delivery_id, d.kind, o.delivery_id AS other_id, o.organisation_code AS other_organisation, o.file_name AS other_file,
       o.period AS other_period
FROM current_deliveries d
JOIN deliveries o ON o.kind = d.kind AND o.rows_in = d.rows_in AND o.content_hash <> d.content_hash AND o.present
WHERE list_contains($organisations, d.organisation_code) AND NOT list_contains($may_stay, d.kind) AND d.rows_in > 0
  AND d.period > $period_start - INTERVAL 1 YEAR AND d.period <= $period_end + INTERVAL 1 YEAR
  AND (o.organisation_code <> d.organisation_code OR o.period < d.period)
ORDER BY d.organisation_code, d.kind, d.file_name, o.organisation_code <> d.organisation_code, o.organisation_code, o.period
