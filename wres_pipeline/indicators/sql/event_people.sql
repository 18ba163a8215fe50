-- one row is an ethnic group (none: not in the workforce) of an organisation's people to whom an event of a kind happened
WITH happened AS (
  SELECT DISTINCT e.organisation_code, e.employee_number
  FROM core_events e
  JOIN (
    SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
  ) wanted USING (organisation_code)
  WHERE e.kind = $kind AND e.as_at <= wanted.deadline AND e.happened BETWEEN $period_start AND $period_end
), staff AS (
  SELECT w.organisation_code, w.employee_number, coalesce(w.wres_group, 'Unknown') AS wres_group
  FROM core_workforce w
  WHERE w.snapshot_date = $snapshot AND w.counted
)
SELECT h.organisation_code, s.wres_group, count(*) AS people
FROM happened h
LEFT JOIN staff s ON s.organisation_code = h.organisation_code AND s.employee_number = h.employee_number
GROUP BY ALL
ORDER BY ALL
