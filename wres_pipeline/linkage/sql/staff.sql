-- one row is a way in which ESR has written a person up to the date (one person, several rows when particulars changed)
CREATE OR REPLACE TEMP TABLE linkage_staff AS
SELECT s.organisation_code, s.employee_number, i.first_name, i.last_name, i.date_of_birth, i.ni_number, i.email, i.postcode,
       max(s.hire_date) AS event_date
FROM core_staff s
LEFT JOIN core_identities i ON i.organisation_code = s.organisation_code AND i.delivery_id = s.delivery_id AND i.as_at = s.snapshot_date
  AND i.employee_number = s.employee_number
WHERE s.snapshot_date <= $as_at AND s.organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
GROUP BY ALL
