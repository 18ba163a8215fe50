-- one row is a current TRAC delivery that can hold something of the year: rows accepted, and applications told apart
SELECT d.organisation_code, 'applications as at ' || CAST(d.period AS VARCHAR) AS about, d.rows_accepted,
       count(a.delivery_id) AS applications
FROM current_deliveries d
LEFT JOIN core_applications a ON a.delivery_id = d.delivery_id
WHERE d.kind = 'trac_applications' AND d.period > $period_start AND list_contains($organisations, d.organisation_code)
GROUP BY ALL ORDER BY ALL
