-- one row is an ethnic group of an organisation's workforce: people who asked for development in the year, and whose request was approved
SELECT w.organisation_code, coalesce(w.wres_group, 'Unknown') AS wres_group,
       count(DISTINCT w.employee_number) AS requested,
       count(DISTINCT w.employee_number) FILTER (WHERE list_contains($approving, t.approved)) AS approved
FROM core_workforce w
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
JOIN core_training t
  ON t.organisation_code = w.organisation_code AND t.employee_number = w.employee_number
 AND t.as_at > $period_start AND t.as_at <= $deadline
 AND t.requested BETWEEN $period_start AND $period_end
 AND t.is_mandatory IS DISTINCT FROM TRUE
WHERE w.snapshot_date = $snapshot AND w.counted
GROUP BY ALL
ORDER BY ALL
