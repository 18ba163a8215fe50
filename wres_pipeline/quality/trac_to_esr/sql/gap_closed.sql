-- one row is a member of staff whose ethnicity ESR lacks and TRAC holds, from the latest application
INSERT INTO quality_gap_closed BY NAME
SELECT organisation_code, as_at, employee_number, trac_ethnic_origin AS ethnic_origin, trac_code AS ethnic_code, trac_state AS ethnic_state, trac_group AS wres_group
FROM quality_gap
WHERE as_at = $as_at AND list_contains($organisations, organisation_code)
  AND state IN ('missing_in_esr', 'not_stated_in_esr')
QUALIFY row_number() OVER (PARTITION BY organisation_code, employee_number
                           ORDER BY date_applied DESC NULLS LAST, application_id) = 1
ORDER BY organisation_code, employee_number
