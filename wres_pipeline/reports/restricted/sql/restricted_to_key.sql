-- one row is a correction to key into ESR and whom it is about, in the order of site, staff group and number (restricted)
WITH accounted AS (
  SELECT *, esr_snapshot = max(esr_snapshot) OVER () AS on_the_list
  FROM quality_gap
  WHERE as_at = $as_at AND organisation_code = $organisation
), people AS (
  SELECT as_at AS snapshot_date, employee_number, max(first_name) AS first_name, max(last_name) AS last_name
  FROM core_identities
  WHERE organisation_code = $organisation AND employee_number IS NOT NULL
  GROUP BY as_at, employee_number
), posts AS (
  SELECT snapshot_date, employee_number, max(site) AS site, max(staff_group) AS staff_group, max(job_role) AS job_role
  FROM core_workforce
  WHERE organisation_code = $organisation
  GROUP BY snapshot_date, employee_number
)
SELECT a.employee_number, trim(concat_ws(' ', p.first_name, p.last_name)) AS name, coalesce(w.site, '') AS site,
       coalesce(w.staff_group, '') AS staff_group, coalesce(w.job_role, '') AS job_role,
       coalesce(a.esr_ethnic_origin, '') AS esr_ethnic_origin, a.trac_code, a.trac_ethnic_origin, a.state, a.start_date,
       a.trac_as_at, a.application_id
FROM accounted a
LEFT JOIN people p ON p.snapshot_date = a.esr_snapshot AND p.employee_number = a.employee_number
LEFT JOIN posts w ON w.snapshot_date = a.esr_snapshot AND w.employee_number = a.employee_number
WHERE a.on_the_list AND a.state IN ('missing_in_esr', 'not_stated_in_esr', 'conflict')
ORDER BY site, staff_group, a.employee_number, a.application_id
