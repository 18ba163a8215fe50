-- one row is a year, ethnic group and standing of an organisation's people who entered a formal investigation
WITH wanted AS (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
), newest AS (
  SELECT c.*
  FROM core_disciplinary_cases c
  JOIN wanted USING (organisation_code)
  WHERE c.as_at <= wanted.deadline
  QUALIFY rank() OVER (PARTITION BY c.organisation_code, c.case_reference ORDER BY c.as_at DESC) = 1
), entered AS (
  SELECT organisation_code, formal_investigation_started >= $period_start AS this_year,
         coalesce(employee_number, '') AS employee_number,
         CASE WHEN employee_number IS NULL THEN case_reference ELSE '' END AS case_reference,
         arg_max(coalesce(wres_group, 'Unknown'), (as_at, formal_investigation_started, row_number)) AS typed
  FROM newest
  WHERE case_kind = 'disciplinary' AND formal_investigation_started BETWEEN $earlier_start AND $period_end
  GROUP BY ALL
), staff AS (
  SELECT w.organisation_code, w.employee_number,
         arg_max(coalesce(w.wres_group, 'Unknown'), w.snapshot_date) AS wres_group,
         bool_or(w.counted OR w.exclusion_reason IN ('leaver', 'not yet started')) AS substantive
  FROM core_workforce w
  SEMI JOIN entered e ON e.organisation_code = w.organisation_code AND e.employee_number = w.employee_number
  WHERE w.snapshot_date <= $snapshot
  GROUP BY ALL
)
SELECT e.organisation_code, e.this_year, coalesce(s.wres_group, e.typed) AS wres_group,
       coalesce(s.substantive, TRUE) AS substantive, count(*) AS people
FROM entered e
LEFT JOIN staff s ON s.organisation_code = e.organisation_code AND s.employee_number = e.employee_number
GROUP BY ALL
ORDER BY ALL
