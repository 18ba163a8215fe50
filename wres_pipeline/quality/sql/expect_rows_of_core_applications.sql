-- one row is a TRAC delivery that counts: applications told apart among its accepted rows, and those in core_applications
SELECT d.organisation_code, 'trac_applications ' || CAST(d.period AS VARCHAR) AS about,
       count(DISTINCT r.application_id) AS rows_accepted,
       (SELECT count(*) FROM core_applications c WHERE c.delivery_id = d.delivery_id) AS rows_in_core
FROM current_deliveries d
JOIN raw_trac_applications r ON r.delivery_id = d.delivery_id
LEFT JOIN quarantine q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
WHERE q.row_number IS NULL AND list_contains($organisations, d.organisation_code)
GROUP BY d.organisation_code, d.period, d.delivery_id ORDER BY ALL
