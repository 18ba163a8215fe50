-- one row is a spell of one board member
INSERT INTO core_board_members BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.period AS snapshot_date, coalesce(nullif(r.member_id, ''), r.name) AS member_id,
       r.role, v.value AS is_voting, x.value AS is_executive, s.value AS start_date, t.value AS end_date, coalesce(r.ethnic_origin, '') AS ethnic_origin, e.code AS ethnic_code, e.state AS ethnic_state, e.wres_group
FROM raw_board r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN label_ethnicity e ON e.organisation_code = d.organisation_code AND e.ethnic_list = d.ethnic_list AND e.text = coalesce(r.ethnic_origin, '')
LEFT JOIN text_flag v ON v.organisation_code = d.organisation_code AND v.column_name = 'is_voting' AND v.text = coalesce(r.is_voting, '')
LEFT JOIN text_flag x ON x.organisation_code = d.organisation_code AND x.column_name = 'is_executive' AND x.text = coalesce(r.is_executive, '')
LEFT JOIN text_date s ON s.day_order = d.start_order AND s.text = r."start"
LEFT JOIN text_date t ON t.day_order = d.end_order AND t.text = r."end"
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
