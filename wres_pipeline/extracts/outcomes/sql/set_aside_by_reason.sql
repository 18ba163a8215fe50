-- one row is a reason for which rows of a delivery that counts are not used, and the column it is about
SELECT d.delivery_id, q.reason, q.column_name, q.remedy, count(DISTINCT q.row_number), min(q.row_number), mode(q.shape)
FROM quarantine q
JOIN current_deliveries d USING (delivery_id)
WHERE list_contains(?::VARCHAR[], d.organisation_code)
GROUP BY d.delivery_id, q.reason, q.column_name, q.remedy
ORDER BY ALL
