-- one row is a member of staff whose ethnicity the people team has to put right, in the order it is keyed (restricted)
WITH accounted AS (
  SELECT *, esr_snapshot = max(esr_snapshot) OVER () AS on_the_list
  FROM quality_gap
  WHERE as_at = $as_at AND organisation_code = $organisation
)
SELECT employee_number,
       CASE WHEN NOT on_the_list THEN 'Has left the staff list: nothing to key'
            WHEN state = 'conflict' THEN 'Ask the person which is right' ELSE 'Enter what TRAC holds' END AS what_to_do,
       trac_ethnic_origin, esr_ethnic_origin, state, start_date, application_id, trac_as_at, esr_snapshot,
       method, score, explanation
FROM accounted
WHERE state IN ('missing_in_esr', 'not_stated_in_esr', 'conflict')
ORDER BY NOT on_the_list, employee_number, application_id
