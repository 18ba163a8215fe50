-- one row is a person in a staff list, from the assignment the person is counted by
INSERT INTO core_staff BY NAME
SELECT a.organisation_code, a.snapshot_date, a.delivery_id, a.employee_number,
       a.hire_date,
       a.ethnic_origin, a.ethnic_code, a.ethnic_state, a.wres_group,
       a.exclusion_reason = '' AS counted, a.exclusion_reason,
       concat_ws(',', CASE WHEN r.disability IS NOT NULL THEN 'disability' END, CASE WHEN r.gender IS NOT NULL THEN 'sex' END,
           CASE WHEN r.religion_or_belief IS NOT NULL THEN 'religion_or_belief' END, CASE WHEN r.sexual_orientation IS NOT NULL THEN 'sexual_orientation' END,
           CASE WHEN r.marital_status IS NOT NULL THEN 'marital_status' END, CASE WHEN r.nationality IS NOT NULL THEN 'nationality' END,
           CASE WHEN b.value IS NOT NULL THEN 'date_of_birth' END) AS characteristics_answered
FROM core_assignments a
JOIN core_scope d USING (delivery_id)
JOIN raw_esr_staff_list r ON r.delivery_id = a.delivery_id AND r.row_number = a.row_number
LEFT JOIN text_birth b ON b.period IS NOT DISTINCT FROM d.period AND b.day_order = d.date_of_birth_order AND b.text = r.date_of_birth
WHERE a.chosen
ORDER BY a.delivery_id, a.row_number
