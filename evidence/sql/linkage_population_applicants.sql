-- one row is who an invented applicant is
INSERT INTO core_identities BY NAME
SELECT 'synthetic' AS delivery_id, $organisation_code AS organisation_code, $as_at AS as_at, application_id,
       first_name, last_name, CAST(date_of_birth AS DATE) AS date_of_birth, email, postcode, ni_number
FROM linkage_new_applications
