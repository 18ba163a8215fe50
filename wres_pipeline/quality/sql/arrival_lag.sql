-- one row is a linked starter from outside who declared in TRAC: start, first staff list that shows the person, first that holds an
-- answer (none: not yet), and the last list that shows the person
SELECT g.start_date, min(s.snapshot_date) AS first_list,
       min(s.snapshot_date) FILTER (WHERE s.ethnic_state IN ('declared', 'unmapped')) AS first_answer, max(s.snapshot_date) AS last_list
FROM quality_gap g
JOIN core_staff_identities s ON s.organisation_code = g.organisation_code AND s.employee_number = g.employee_number
  AND s.snapshot_date <= $as_at AND s.snapshot_date >= g.start_date
WHERE g.organisation_code = $organisation AND g.as_at = $as_at AND g.external AND g.trac_state = 'declared' AND g.state <> 'withdrawn'
  AND g.employee_number IS NOT NULL
GROUP BY g.application_id, g.start_date
ORDER BY g.start_date, g.application_id
