-- one row is a person's last appraisal
INSERT INTO core_appraisals BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.period AS as_at, r.employee_number, a.value AS last_appraisal
FROM raw_appraisals r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN text_date a ON a.day_order = d.last_appraisal_order AND a.text = r.last_appraisal
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
