-- one row is a delivery that counts: rows accepted, and rows that stand in core_recruitment_summary
SELECT d.organisation_code, d.kind || ' ' || coalesce(CAST(d.period AS VARCHAR), '') AS about, d.rows_accepted,
       count(c.delivery_id) AS rows_in_core
FROM current_deliveries d
LEFT JOIN core_recruitment_summary c ON c.delivery_id = d.delivery_id
WHERE d.kind = 'recruitment_summary' AND list_contains($organisations, d.organisation_code)
GROUP BY ALL ORDER BY ALL
