-- one row is a member of staff whose ethnicity the people team has to put right, in the order it is keyed (restricted)
SELECT employee_number,
       CASE WHEN state = 'conflict' THEN 'Ask the person which is right' ELSE 'Enter what TRAC holds' END AS what_to_do,
       trac_ethnic_origin, esr_ethnic_origin, state, start_date, application_id, trac_as_at, esr_snapshot,
       method, score, explanation
FROM quality_gap
WHERE as_at = $as_at AND organisation_code = $organisation AND state IN ('missing_in_esr', 'not_stated_in_esr', 'conflict')
ORDER BY employee_number, application_id
