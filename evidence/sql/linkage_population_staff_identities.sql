-- one row is who an invented member of staff is
INSERT INTO core_identities BY NAME
SELECT $organisation_code AS organisation_code, $as_at AS as_at, 'synthetic' AS delivery_id, employee_number,
       first_name, last_name, CAST(date_of_birth AS DATE) AS date_of_birth, ni_number, email, postcode
FROM linkage_new_staff
