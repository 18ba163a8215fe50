-- one row is a start that a surer link has taken already
CREATE OR REPLACE TEMP TABLE linkage_used_starts AS
SELECT f.organisation_code, p.person_id, t.hire_date
FROM linkage_found f
JOIN linkage_applications a ON a.organisation_code = f.organisation_code AND a.application_id = f.application_id
JOIN linkage_persons p ON p.organisation_code = f.organisation_code AND p.employee_number = f.employee_number
JOIN linkage_starts t ON t.organisation_code = f.organisation_code AND t.person_id = p.person_id
  AND abs(date_diff('day', t.hire_date, a.event_date)) <= $near_days
WHERE f.band = 'automatic'
QUALIFY row_number() OVER (PARTITION BY f.organisation_code, f.application_id ORDER BY abs(date_diff('day', t.hire_date, a.event_date)), t.hire_date) = 1
