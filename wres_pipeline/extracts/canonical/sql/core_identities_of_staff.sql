-- one row is who a person in a staff list is, as the row of the assignment the person is counted by says
INSERT INTO core_identities BY NAME
SELECT a.organisation_code, a.snapshot_date AS as_at, a.delivery_id, a.row_number, a.employee_number, NULL AS application_id,
       r.first_name, r.last_name, b.value AS date_of_birth, r.ni_number, r.email, r.postcode
FROM core_assignments a
JOIN core_scope d USING (delivery_id)
JOIN raw_esr_staff_list r ON r.delivery_id = a.delivery_id AND r.row_number = a.row_number
LEFT JOIN text_birth b ON b.period IS NOT DISTINCT FROM d.period AND b.day_order = d.date_of_birth_order AND b.text = r.date_of_birth
WHERE a.chosen
ORDER BY a.delivery_id, a.row_number
