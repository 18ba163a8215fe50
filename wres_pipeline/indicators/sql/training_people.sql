-- one row is an ethnic group (none: not in the workforce) of an organisation's people with non-mandatory training
WITH trained AS (
  SELECT DISTINCT t.organisation_code, t.employee_number
  FROM core_training t
  JOIN (
    SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
  ) wanted USING (organisation_code)
  WHERE t.as_at <= wanted.deadline
    AND t.completed BETWEEN $period_start AND $period_end
    AND t.is_mandatory IS DISTINCT FROM TRUE
), staff AS (
  SELECT w.organisation_code, w.employee_number, coalesce(w.wres_group, 'Unknown') AS wres_group
  FROM core_workforce w
  WHERE w.snapshot_date = $snapshot AND w.counted
)
SELECT t.organisation_code, s.wres_group, count(*) AS people
FROM trained t
LEFT JOIN staff s ON s.organisation_code = t.organisation_code AND s.employee_number = t.employee_number
GROUP BY ALL
ORDER BY ALL
