-- one row is a course of one person; without a flag the course name decides where it carries the mandatory mark
INSERT INTO core_training BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.period AS as_at,
       coalesce(e.employee_number, plain_number(r.employee_number)) AS employee_number, r.course,
       coalesce(m.value, n.mandatory) AS is_mandatory, c.value AS completed, q2.value AS requested, coalesce(r.approved, '') AS approved
FROM raw_training r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN text_flag m ON m.organisation_code = d.organisation_code AND m.column_name = 'is_mandatory' AND m.text = coalesce(r.is_mandatory, '')
LEFT JOIN label_course n ON n.text = coalesce(r.course, '')
LEFT JOIN text_date c ON c.day_order = d.completed_order AND c.text = r.completed
LEFT JOIN text_date q2 ON q2.day_order = d.requested_order AND q2.text = r.requested
LEFT JOIN employee_number_of e ON e.organisation_code = d.organisation_code AND e.as_written = plain_number(r.employee_number)
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
