-- one row is a linked starter from outside who declared in TRAC and whose first staff list came soon after the start: start, that
-- list, the first that holds an answer (none: not yet), the list before that answer, and the last list that shows the person
WITH shown AS (
  SELECT g.application_id, g.start_date, s.snapshot_date, s.ethnic_state IN ('declared', 'unmapped') AS answered,
         lag(s.snapshot_date) OVER (PARTITION BY g.application_id ORDER BY s.snapshot_date) AS list_before
  FROM quality_gap g
  JOIN core_staff s ON s.organisation_code = g.organisation_code AND s.employee_number = g.employee_number
    AND s.snapshot_date <= $as_at AND s.snapshot_date >= g.start_date
  WHERE g.organisation_code = $organisation AND g.as_at = $as_at AND g.external AND g.trac_state = 'declared' AND g.state <> 'withdrawn'
    AND g.employee_number IS NOT NULL
)
SELECT start_date, min(snapshot_date) AS first_list, min(snapshot_date) FILTER (WHERE answered) AS first_answer,
       arg_min(list_before, snapshot_date) FILTER (WHERE answered) AS list_before_answer, max(snapshot_date) AS last_list
FROM shown
GROUP BY application_id, start_date
HAVING min(snapshot_date) - start_date <= $lists_apart
ORDER BY start_date, application_id
