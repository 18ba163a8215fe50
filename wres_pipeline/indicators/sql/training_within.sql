-- one row is a cluster, band and ethnic group of an organisation's workforce with non-mandatory training in the period
WITH trained AS (
  SELECT DISTINCT t.organisation_code, t.employee_number
  FROM core_training t
  JOIN (
    SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
  ) wanted USING (organisation_code)
  WHERE t.as_at <= wanted.deadline
    AND t.completed BETWEEN $period_start AND $period_end
    AND t.is_mandatory IS DISTINCT FROM TRUE
)
SELECT w.organisation_code, w.cluster, w.band, coalesce(w.wres_group, 'Unknown') AS wres_group, count(*) AS people
FROM trained t
JOIN core_workforce w ON w.organisation_code = t.organisation_code AND w.employee_number = t.employee_number
WHERE w.snapshot_date = $snapshot AND w.counted
GROUP BY ALL
ORDER BY ALL
