-- one row is an organisation: people whose ethnicity differs between sources or between staff lists, and people compared
WITH lists AS (
  SELECT organisation_code, max(snapshot_date) AS latest
  FROM core_workforce
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code)
  GROUP BY organisation_code
), before AS (
  SELECT w.organisation_code, max(w.snapshot_date) AS earlier
  FROM core_workforce w
  JOIN lists l ON l.organisation_code = w.organisation_code AND w.snapshot_date < l.latest
  GROUP BY w.organisation_code
), now_people AS (
  SELECT w.* FROM core_workforce w
  JOIN lists l ON l.organisation_code = w.organisation_code AND l.latest = w.snapshot_date
  WHERE w.counted
), step AS (
  SELECT n.organisation_code,
         count(*) AS compared,
         count(*) FILTER (WHERE e.ethnic_state = 'declared' AND n.ethnic_state = 'declared'
                          AND e.wres_group <> n.wres_group) AS group_changed,
         count(*) FILTER (WHERE e.ethnic_state = 'declared' AND n.ethnic_state = 'declared' AND e.wres_group = n.wres_group
                          AND coalesce(left(e.ethnic_code, 1), '') <> coalesce(left(n.ethnic_code, 1), '')) AS category_changed,
         count(*) FILTER (WHERE e.ethnic_state = 'declared' AND n.ethnic_state = 'not_recorded') AS relapsed_to_blank,
         count(*) FILTER (WHERE e.ethnic_state = 'declared' AND n.ethnic_state = 'declined') AS relapsed_to_declined,
         count(*) FILTER (WHERE e.ethnic_state <> 'declared' AND n.ethnic_state = 'declared') AS newly_declared
  FROM now_people n
  JOIN before b ON b.organisation_code = n.organisation_code
  JOIN core_workforce e ON e.organisation_code = n.organisation_code AND e.employee_number = n.employee_number
    AND e.snapshot_date = b.earlier
  GROUP BY n.organisation_code
), once AS (
  SELECT n.organisation_code, count(DISTINCT n.employee_number) AS lost_since_any_list
  FROM now_people n
  JOIN core_workforce e ON e.organisation_code = n.organisation_code AND e.employee_number = n.employee_number
    AND e.snapshot_date < n.snapshot_date AND e.ethnic_state = 'declared'
  WHERE n.ethnic_state = 'not_recorded'
  GROUP BY n.organisation_code
), cases AS (
  SELECT n.organisation_code,
         count(DISTINCT n.employee_number) AS in_cases,
         count(DISTINCT n.employee_number) FILTER (WHERE c.wres_group <> n.wres_group) AS cases_differ
  FROM now_people n
  JOIN core_disciplinary_cases c ON c.organisation_code = n.organisation_code AND c.employee_number = n.employee_number
    AND c.as_at <= $as_at AND c.ethnic_state = 'declared'
  WHERE n.ethnic_state = 'declared'
  GROUP BY n.organisation_code
), trac AS (
  SELECT organisation_code, count(DISTINCT employee_number) AS in_trac,
         count(DISTINCT employee_number) FILTER (WHERE esr_state = 'declared' AND esr_group <> trac_group) AS trac_differs,
         count(DISTINCT employee_number) FILTER (WHERE esr_state = 'declared' AND esr_group = trac_group
           AND coalesce(left(esr_code, 1), '') <> coalesce(left(trac_code, 1), '')) AS trac_category_differs
  FROM quality_gap
  WHERE as_at = $as_at AND list_contains($organisations, organisation_code) AND trac_state = 'declared'
    AND employee_number IS NOT NULL
  GROUP BY organisation_code
), said_twice AS (
  SELECT organisation_code, count(*) AS several_applications, count(*) FILTER (WHERE said > 1) AS applications_differ
  FROM (
    SELECT organisation_code, employee_number, count(*) AS made, count(DISTINCT trac_group) AS said
    FROM quality_gap
    WHERE as_at = $as_at AND list_contains($organisations, organisation_code) AND trac_state = 'declared'
      AND employee_number IS NOT NULL
    GROUP BY organisation_code, employee_number
    HAVING count(*) > 1
  )
  GROUP BY organisation_code
)
SELECT l.organisation_code, b.earlier, coalesce(s.compared, 0), coalesce(s.group_changed, 0),
       coalesce(s.category_changed, 0), coalesce(s.relapsed_to_blank, 0), coalesce(s.relapsed_to_declined, 0),
       coalesce(s.newly_declared, 0), coalesce(o.lost_since_any_list, 0),
       coalesce(c.in_cases, 0), coalesce(c.cases_differ, 0),
       coalesce(t.in_trac, 0), coalesce(t.trac_differs, 0), coalesce(t.trac_category_differs, 0),
       coalesce(a.several_applications, 0), coalesce(a.applications_differ, 0)
FROM lists l
LEFT JOIN before b ON b.organisation_code = l.organisation_code
LEFT JOIN step s ON s.organisation_code = l.organisation_code
LEFT JOIN once o ON o.organisation_code = l.organisation_code
LEFT JOIN cases c ON c.organisation_code = l.organisation_code
LEFT JOIN trac t ON t.organisation_code = l.organisation_code
LEFT JOIN said_twice a ON a.organisation_code = l.organisation_code
ORDER BY l.organisation_code
