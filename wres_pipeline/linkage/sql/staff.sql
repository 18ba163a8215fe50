-- one row is a way in which ESR has written a person up to the date (one person, several rows when particulars changed)
CREATE OR REPLACE TEMP TABLE linkage_staff AS
SELECT organisation_code, employee_number, first_name, last_name, date_of_birth, ni_number, email, postcode,
       max(hire_date) AS event_date
FROM core_staff_identities
WHERE snapshot_date <= $as_at AND organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
GROUP BY organisation_code, employee_number, first_name, last_name, date_of_birth, ni_number, email, postcode
