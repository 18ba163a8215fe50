-- one row is a reason for which a row of the latest deliveries could not be used (restricted)
SELECT d.kind, d.period, d.file_name, q.sheet, q.row_number, q.column_name, q.shape, q.reason, q.remedy,
       CAST(q.row_text AS VARCHAR) AS row_text
FROM quarantine q
JOIN current_deliveries d ON d.delivery_id = q.delivery_id
WHERE d.organisation_code = $organisation AND d.period <= $as_at AND d.period > $year_before
ORDER BY d.kind, d.period, d.file_name, q.sheet, q.row_number, q.column_name
