-- one row is a start of a person as the staff lists up to the date show it: every latest start date they ever held
CREATE OR REPLACE TEMP TABLE linkage_starts AS
SELECT p.organisation_code, p.person_id, s.hire_date, min(s.snapshot_date) AS first_seen
FROM core_staff s
JOIN linkage_persons p ON p.organisation_code = s.organisation_code AND p.employee_number = s.employee_number
WHERE s.snapshot_date <= $as_at AND s.hire_date IS NOT NULL
GROUP BY p.organisation_code, p.person_id, s.hire_date
