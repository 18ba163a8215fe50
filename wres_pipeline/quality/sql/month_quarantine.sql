-- one row is a reason for which rows of the month's deliveries could not be used
SELECT d.organisation_code, d.kind, q.reason, count(DISTINCT (q.delivery_id, q.row_number)) AS rows_set_aside, min(q.remedy)
FROM quarantine q
JOIN deliveries d ON d.delivery_id = q.delivery_id
WHERE d.present AND d.period > $month_before AND d.period <= $as_at AND list_contains($organisations, d.organisation_code)
GROUP BY d.organisation_code, d.kind, q.reason
ORDER BY d.organisation_code, d.kind, rows_set_aside DESC, q.reason
