-- one row is a delivery of the year whose very content stands in the folder under another day, or in another's folder
SELECT d.delivery_id, o.organisation_code AS other_organisation, o.file_name AS other_file, o.period AS other_period
FROM current_deliveries d
JOIN deliveries o ON o.content_hash = d.content_hash AND o.delivery_id <> d.delivery_id AND o.present
WHERE list_contains($organisations, d.organisation_code) AND NOT list_contains($may_stay, d.kind)
  AND d.period > $period_start - INTERVAL 1 YEAR AND d.period <= $period_end + INTERVAL 1 YEAR
  AND (o.organisation_code <> d.organisation_code OR o.period IS DISTINCT FROM d.period)
  AND (o.period <= d.period OR o.period IS NULL OR o.organisation_code <> d.organisation_code)
QUALIFY row_number() OVER (PARTITION BY d.delivery_id ORDER BY o.organisation_code = d.organisation_code DESC, o.period) = 1
ORDER BY d.organisation_code, d.kind, d.file_name
