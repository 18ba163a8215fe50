-- one row is a member of staff whose ethnicity the people team has to put right, in the order it is keyed (restricted)
WITH accounted AS (
  SELECT *, esr_snapshot = max(esr_snapshot) OVER () AS on_the_list
  FROM quality_gap
  WHERE as_at = $as_at AND organisation_code = $organisation
), asked AS (
  SELECT application_id, string_split(characteristics_answered, ',') AS answers FROM core_applications
  WHERE as_at <= $as_at AND organisation_code = $organisation
  QUALIFY row_number() OVER (PARTITION BY application_id ORDER BY as_at DESC, delivery_id DESC) = 1
), held AS (
  SELECT employee_number, string_split(characteristics_answered, ',') AS answers FROM core_staff
  WHERE snapshot_date <= $as_at AND organisation_code = $organisation
  QUALIFY row_number() OVER (PARTITION BY employee_number ORDER BY snapshot_date DESC, delivery_id DESC) = 1
), keyed AS (
  -- what ESR holds of nobody has no field there to key it in
  SELECT list(DISTINCT answer) AS answers FROM (SELECT unnest(answers) AS answer FROM held)
)
SELECT employee_number,
       CASE WHEN NOT on_the_list THEN 'Has left the staff list: nothing to key'
            WHEN state = 'conflict' THEN 'Ask the person which is right' ELSE 'Enter what TRAC holds' END AS what_to_do,
       trac_ethnic_origin, esr_ethnic_origin, state, start_date, application_id, trac_as_at, esr_snapshot,
       method, score, explanation,
       replace(list_aggregate(list_filter(t.answers, lambda x: NOT list_contains(e.answers, x) AND list_contains(k.answers, x)), 'string_agg', ', '), '_', ' ') AS also_not_in_esr
FROM accounted
LEFT JOIN asked t USING (application_id)
LEFT JOIN held e USING (employee_number)
CROSS JOIN keyed k
WHERE state IN ('missing_in_esr', 'not_stated_in_esr', 'conflict')
ORDER BY NOT on_the_list, employee_number, application_id
