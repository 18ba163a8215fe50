-- one row is a value of one breakdown, and the people of one ethnic state in it, at the latest staff list
WITH lists AS (
  SELECT organisation_code, max(snapshot_date) AS snapshot_date
  FROM core_workforce
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code)
  GROUP BY organisation_code
), routes AS (
  SELECT organisation_code, employee_number, recruitment_route
  FROM quality_gap
  WHERE as_at = $as_at AND list_contains($organisations, organisation_code) AND employee_number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY organisation_code, employee_number
                             ORDER BY date_applied DESC NULLS LAST, application_id) = 1
), people AS (
  SELECT w.organisation_code, w.ethnic_state, w.cluster, w.band, w.staff_group, w.site,
         CASE WHEN w.hire_date IS NULL THEN 'not given'
              ELSE CAST(date_sub('year', w.hire_date, w.snapshot_date) AS VARCHAR) END AS years,
         coalesce(r.recruitment_route, 'not through TRAC, or before its first delivery') AS route
  FROM core_workforce w
  JOIN lists l ON l.organisation_code = w.organisation_code AND l.snapshot_date = w.snapshot_date
  LEFT JOIN routes r ON r.organisation_code = w.organisation_code AND r.employee_number = w.employee_number
  WHERE w.counted
), told AS (
  SELECT organisation_code, ethnic_state,
         unnest(['', 'staff_group', 'band', 'cluster', 'site', 'service', 'recruitment_route']) AS breakdown,
         unnest(['', staff_group, band, cluster, site, years, route]) AS breakdown_value
  FROM people
)
SELECT organisation_code, breakdown,
       CASE WHEN breakdown <> '' AND coalesce(breakdown_value, '') = '' THEN 'not given' ELSE coalesce(breakdown_value, '') END
         AS breakdown_value,
       coalesce(ethnic_state, 'unmapped') AS ethnic_state, count(*) AS people
FROM told
GROUP BY ALL
ORDER BY ALL
