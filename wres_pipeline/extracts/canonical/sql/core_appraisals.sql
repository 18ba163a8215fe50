-- one row is a person's last appraisal
INSERT INTO core_appraisals BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.period AS as_at,
       coalesce(e.employee_number, plain_number(r.employee_number)) AS employee_number, a.value AS last_appraisal
FROM raw_appraisals r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN text_date a ON a.day_order = d.last_appraisal_order AND a.text = r.last_appraisal
LEFT JOIN employee_number_of e ON e.organisation_code = d.organisation_code AND e.as_written = plain_number(r.employee_number)
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
