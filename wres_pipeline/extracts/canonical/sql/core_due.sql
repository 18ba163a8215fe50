-- one row is a current delivery of a kind whose canonical rows are missing or were made under other rules
SELECT d.delivery_id, d.organisation_code
FROM current_deliveries d
JOIN (SELECT unnest(?::VARCHAR[]) AS organisation_code, unnest(?::VARCHAR[]) AS rules) wanted USING (organisation_code)
LEFT JOIN core_built b ON b.delivery_id = d.delivery_id AND b.core_table = ? AND b.rules = wanted.rules
WHERE d.kind = ? AND b.delivery_id IS NULL
ORDER BY d.delivery_id
