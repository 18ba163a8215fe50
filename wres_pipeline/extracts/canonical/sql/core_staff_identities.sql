-- one row is a person in a staff list: the particulars linkage compares, from the assignment the person is counted by
INSERT INTO core_staff_identities BY NAME
SELECT a.organisation_code, a.snapshot_date, a.delivery_id, a.employee_number,
       r.first_name, r.last_name, b.value AS date_of_birth, r.ni_number, r.email, r.postcode, r.gender, a.hire_date,
       a.ethnic_origin, a.ethnic_code, a.ethnic_state, a.wres_group,
       a.exclusion_reason = '' AS counted, a.exclusion_reason
FROM core_assignments a
JOIN core_scope d USING (delivery_id)
JOIN raw_esr_staff_list r ON r.delivery_id = a.delivery_id AND r.row_number = a.row_number
LEFT JOIN text_birth b ON b.period IS NOT DISTINCT FROM d.period AND b.day_order = d.date_of_birth_order AND b.text = r.date_of_birth
WHERE a.chosen
ORDER BY a.delivery_id, a.row_number
