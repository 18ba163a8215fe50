-- one row is a stage and ethnic group of an aggregate TRAC report
INSERT INTO core_recruitment_summary BY NAME
SELECT r.delivery_id, d.organisation_code, d.period AS as_at, r.stage, coalesce(r.ethnic_origin, '') AS ethnic_origin, e.code AS ethnic_code, e.state AS ethnic_state, e.wres_group,
       n.value::BIGINT AS applications
FROM raw_recruitment_summary r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN label_ethnicity e ON e.organisation_code = d.organisation_code AND e.ethnic_list = d.ethnic_list AND e.text = coalesce(r.ethnic_origin, '')
LEFT JOIN text_number n ON n.text = r.applications
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
