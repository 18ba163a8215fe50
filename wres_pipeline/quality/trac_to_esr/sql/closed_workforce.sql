-- one row is a person in a staff list, with the ethnicity TRAC holds where ESR holds none; goes before the view of that name
CREATE OR REPLACE TEMP TABLE core_workforce AS
SELECT a.* REPLACE (
         CASE WHEN c.employee_number IS NULL THEN a.ethnic_origin ELSE c.ethnic_origin END AS ethnic_origin,
         CASE WHEN c.employee_number IS NULL THEN a.ethnic_code ELSE c.ethnic_code END AS ethnic_code,
         CASE WHEN c.employee_number IS NULL THEN a.ethnic_state ELSE c.ethnic_state END AS ethnic_state,
         CASE WHEN c.employee_number IS NULL THEN a.wres_group ELSE c.wres_group END AS wres_group)
FROM main.core_workforce a
LEFT JOIN quality_gap_closed c ON c.as_at = $as_at AND c.organisation_code = a.organisation_code
  AND c.employee_number = a.employee_number AND a.ethnic_state IN ('not_recorded', 'declined')
WHERE list_contains($organisations, a.organisation_code)
