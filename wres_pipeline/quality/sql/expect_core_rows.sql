-- one row is a current staff list: rows accepted, and rows that stand in core_assignments
SELECT d.organisation_code, 'staff list ' || CAST(d.period AS VARCHAR) AS about, d.rows_accepted,
       count(a.delivery_id) AS rows_in_core
FROM current_deliveries d
LEFT JOIN core_assignments a ON a.delivery_id = d.delivery_id
WHERE d.kind = 'esr_staff_list' AND list_contains($organisations, d.organisation_code)
GROUP BY ALL ORDER BY ALL
