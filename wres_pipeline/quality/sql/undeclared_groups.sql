-- one row is a staff group at a site, its people at the latest staff list, and how many of them have not declared
WITH lists AS (
  SELECT organisation_code, max(snapshot_date) AS snapshot_date
  FROM core_workforce
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code)
  GROUP BY organisation_code
)
SELECT w.organisation_code, coalesce(nullif(w.staff_group, ''), 'no staff group') AS staff_group,
       coalesce(nullif(w.site, ''), 'no site') AS site, count(*) AS people,
       count(*) FILTER (WHERE w.ethnic_state <> 'declared') AS undeclared
FROM core_workforce w
JOIN lists l ON l.organisation_code = w.organisation_code AND l.snapshot_date = w.snapshot_date
WHERE w.counted
GROUP BY ALL
HAVING count(*) FILTER (WHERE w.ethnic_state <> 'declared') > 0
ORDER BY w.organisation_code, undeclared DESC, staff_group, site
