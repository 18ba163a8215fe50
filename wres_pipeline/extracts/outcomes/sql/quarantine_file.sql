-- one row is a reason for which a row of a delivery that counts cannot be used
SELECT d.file_name, q.sheet, q.row_number, q.column_name, q.shape, q.reason, q.remedy, q.row_text,
       d.kind, d.period, d.loaded_at
FROM quarantine q
JOIN current_deliveries d USING (delivery_id)
WHERE d.organisation_code = ?
ORDER BY d.kind, d.period, d.file_name, q.row_number, q.column_name, q.reason
