-- one row is an ethnic group of an organisation's workforce: people with an appraisal dated in the year
SELECT w.organisation_code, coalesce(w.wres_group, 'Unknown') AS wres_group, count(DISTINCT w.employee_number) AS people
FROM core_workforce w
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
JOIN core_appraisals a
  ON a.organisation_code = w.organisation_code AND a.employee_number = w.employee_number
 AND a.as_at > $period_start AND a.as_at <= $deadline
 AND a.last_appraisal BETWEEN $period_start AND $period_end
WHERE w.snapshot_date = $snapshot AND w.counted
GROUP BY ALL
ORDER BY ALL
