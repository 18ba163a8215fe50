-- one row is a cluster, band and ethnic group of an organisation's people who entered a formal investigation in the period
WITH wanted AS (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
), newest AS (
  SELECT c.*
  FROM core_disciplinary_cases c
  JOIN wanted USING (organisation_code)
  WHERE c.as_at <= wanted.deadline
  QUALIFY rank() OVER (PARTITION BY c.organisation_code, c.case_reference ORDER BY c.as_at DESC) = 1
), entered AS (
  SELECT DISTINCT organisation_code, employee_number, formal_investigation_started >= $period_start AS this_year
  FROM newest
  WHERE case_kind = 'disciplinary' AND formal_investigation_started BETWEEN $from AND $period_end
), staff AS (
  SELECT w.organisation_code, w.employee_number,
         arg_max(coalesce(w.wres_group, 'Unknown'), w.snapshot_date) AS wres_group,
         arg_max(w.cluster, w.snapshot_date) AS cluster, arg_max(w.band, w.snapshot_date) AS band,
         bool_or(w.counted OR w.exclusion_reason IN ('leaver', 'not yet started')) AS substantive
  FROM core_workforce w
  SEMI JOIN entered e ON e.organisation_code = w.organisation_code AND e.employee_number = w.employee_number
  WHERE w.snapshot_date <= $snapshot
  GROUP BY ALL
)
SELECT s.organisation_code, s.cluster, s.band, s.wres_group, count(*) AS people
FROM entered e
JOIN staff s ON s.organisation_code = e.organisation_code AND s.employee_number = e.employee_number
WHERE s.substantive
GROUP BY ALL
ORDER BY ALL
