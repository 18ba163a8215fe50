-- one row is a delivery that stands in the folder and does not count, and the one of its kind and day that does
SELECT o.delivery_id, c.delivery_id AS counting
FROM deliveries o
JOIN current_deliveries c ON c.organisation_code = o.organisation_code AND c.kind = o.kind
  AND c.period IS NOT DISTINCT FROM o.period AND c.delivery_id <> o.delivery_id
WHERE o.present AND list_contains(?::VARCHAR[], o.organisation_code)
ORDER BY o.organisation_code, o.kind, o.period, o.sequence
