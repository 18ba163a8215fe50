-- one row is a delivery that stands in the core tables though a later one of the same period has come
SELECT b.delivery_id
FROM core_built b
LEFT JOIN current_deliveries d ON d.delivery_id = b.delivery_id
WHERE b.core_table = ? AND d.delivery_id IS NULL
ORDER BY b.delivery_id
