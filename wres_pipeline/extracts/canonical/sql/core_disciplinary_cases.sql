-- one row is an employee-relations case; case_kind says whether it is a disciplinary one
INSERT INTO core_disciplinary_cases BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.period AS as_at, r.case_reference,
       nullif(coalesce(p.employee_number, plain_number(r.employee_number)), '') AS employee_number,
       r.case_type, k.kind AS case_kind, f.value AS formal_investigation_started, o.value AS opened, c.value AS closed, coalesce(r.stage, '') AS stage, coalesce(r.outcome, '') AS outcome,
       coalesce(r.ethnic_origin, '') AS ethnic_origin, e.code AS ethnic_code, e.state AS ethnic_state, e.wres_group
FROM raw_employee_relations r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN label_ethnicity e ON e.organisation_code = d.organisation_code AND e.ethnic_list = d.ethnic_list AND e.text = coalesce(r.ethnic_origin, '')
LEFT JOIN label_case k ON k.organisation_code = d.organisation_code AND k.text = coalesce(r.case_type, '')
LEFT JOIN text_date f ON f.day_order = d.formal_investigation_started_order AND f.text = r.formal_investigation_started
LEFT JOIN text_date o ON o.day_order = d.opened_order AND o.text = r.opened
LEFT JOIN text_date c ON c.day_order = d.closed_order AND c.text = r.closed
LEFT JOIN employee_number_of p ON p.organisation_code = d.organisation_code AND p.as_written = plain_number(r.employee_number)
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
