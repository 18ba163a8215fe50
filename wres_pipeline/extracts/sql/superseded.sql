-- one row is a delivery of those given that does not count, the latest such of its period, and the one that counts
SELECT d.delivery_id, c.delivery_id
FROM deliveries d
JOIN current_deliveries c ON c.organisation_code = d.organisation_code AND c.kind = d.kind AND c.period IS NOT DISTINCT FROM d.period
WHERE d.delivery_id IN (SELECT unnest(?::VARCHAR[])) AND d.delivery_id <> c.delivery_id
QUALIFY row_number() OVER (PARTITION BY d.organisation_code, d.kind, d.period ORDER BY d.sequence DESC) = 1
ORDER BY d.sequence
