-- one row is who an applicant is, as the row their application is counted by says
INSERT INTO core_identities BY NAME
SELECT a.organisation_code, a.as_at, a.delivery_id, a.row_number, NULL AS employee_number, a.application_id,
       coalesce(nm.first_name, r.applicant_first_name) AS first_name, coalesce(nm.last_name, r.applicant_last_name) AS last_name,
       b.value AS date_of_birth, r.ni_number, r.email, r.postcode
FROM core_applications a
JOIN core_scope d USING (delivery_id)
JOIN raw_trac_applications r ON r.delivery_id = a.delivery_id AND r.row_number = a.row_number
LEFT JOIN text_birth b ON b.period IS NOT DISTINCT FROM d.period AND b.day_order = d.date_of_birth_order AND b.text = r.date_of_birth
LEFT JOIN text_applicant nm ON nullif(trim(concat(r.applicant_first_name, r.applicant_last_name)), '') IS NULL AND nm.text = r.applicant_name
ORDER BY a.delivery_id, a.row_number
