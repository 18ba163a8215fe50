-- one row is an application and the member of staff it may be, for a person to decide (restricted)
SELECT g.application_id, g.nearest_employee_number AS employee_number, '' AS decision, g.state, g.score, g.margin,
       t.first_name AS trac_first_name, e.first_name AS esr_first_name,
       t.last_name AS trac_last_name, e.last_name AS esr_last_name,
       t.date_of_birth AS trac_date_of_birth, e.date_of_birth AS esr_date_of_birth,
       t.ni_number AS trac_ni_number, e.ni_number AS esr_ni_number,
       t.postcode AS trac_postcode, e.postcode AS esr_postcode,
       t.email AS trac_email, e.email AS esr_email,
       g.start_date AS trac_start_date, s.hire_date AS esr_hire_date, g.explanation,
       CASE WHEN g.trac_state = 'declared' AND s.ethnic_state IN ('not_recorded', 'declined') THEN 'a correction'
            WHEN g.trac_state = 'declared' AND g.due AND g.external THEN 'a figure' ELSE 'little' END AS decides
FROM quality_gap g
JOIN core_applications a ON a.organisation_code = g.organisation_code AND a.application_id = g.application_id
  AND a.as_at = g.trac_as_at
JOIN (
  SELECT * FROM core_staff
  WHERE organisation_code = $organisation AND snapshot_date <= $as_at
  QUALIFY row_number() OVER (PARTITION BY employee_number ORDER BY snapshot_date DESC, delivery_id DESC) = 1
) s ON s.employee_number = g.nearest_employee_number
LEFT JOIN core_identities t ON t.organisation_code = a.organisation_code AND t.delivery_id = a.delivery_id AND t.as_at = a.as_at
  AND t.application_id = a.application_id
LEFT JOIN core_identities e ON e.organisation_code = s.organisation_code AND e.delivery_id = s.delivery_id AND e.as_at = s.snapshot_date
  AND e.employee_number = s.employee_number
WHERE g.organisation_code = $organisation AND g.as_at = $as_at
  AND (g.state = 'awaiting_review' OR (g.state = 'not_found' AND g.score IS NOT NULL))
QUALIFY row_number() OVER (PARTITION BY g.application_id ORDER BY a.delivery_id DESC) = 1
ORDER BY g.application_id
