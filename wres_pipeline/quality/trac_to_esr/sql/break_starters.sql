-- one row is a linked starter who is due and declared: whether it arrived, the day of the start, and what a cause could follow
WITH rows_of_trac AS (
  SELECT organisation_code, application_id, source, staff_group, vacancy_reference, is_international
  FROM core_applications
  WHERE organisation_code = $organisation AND as_at <= $as_at
  QUALIFY row_number() OVER (PARTITION BY application_id ORDER BY as_at DESC, delivery_id DESC) = 1
), hires AS (
  SELECT employee_number, min(hire_date) AS first_hire FROM core_staff
  WHERE organisation_code = $organisation AND snapshot_date <= $as_at GROUP BY employee_number
), posts AS (
  SELECT employee_number, site, staff_group, assignment_category FROM core_assignments
  WHERE organisation_code = $organisation AND snapshot_date <= $as_at AND chosen
  QUALIFY row_number() OVER (PARTITION BY employee_number ORDER BY snapshot_date DESC, delivery_id DESC) = 1
)
SELECT g.start_date, g.start_month, g.external, g.esr_state IN ('declared', 'unmapped') AS arrived,
       nullif(t.source, '') AS source,
       CASE WHEN t.is_international THEN 'international recruitment' WHEN t.is_international IS NOT NULL THEN 'recruited in this country' END AS route,
       CASE WHEN h.first_hire < g.start_date - 90 THEN 'returning' ELSE 'new to the organisation' END AS starter,
       nullif(coalesce(nullif(t.staff_group, ''), p.staff_group), '') AS staff_group, nullif(p.site, '') AS site,
       nullif(regexp_extract(upper(t.vacancy_reference), '^(.*[A-Z].*?)[-/ ._][^-/ ._]*[0-9][^-/ ._]*$', 1), '') AS vacancy_team,
       nullif(p.assignment_category, '') AS position_type
FROM quality_gap g
JOIN rows_of_trac t ON t.application_id = g.application_id
LEFT JOIN hires h ON h.employee_number = g.employee_number
LEFT JOIN posts p ON p.employee_number = g.employee_number
WHERE g.organisation_code = $organisation AND g.as_at = $as_at AND g.employee_number IS NOT NULL AND g.due AND g.trac_state = 'declared'
  AND g.state <> 'withdrawn'
ORDER BY g.start_date, g.application_id
