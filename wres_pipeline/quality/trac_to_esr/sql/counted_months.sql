-- one row is a protected characteristic that both systems hold and a month of starting: what TRAC's starters answered and what
-- ESR holds of those who started in it, counted and not linked
WITH characteristics AS (
  SELECT unnest(list_prepend('ethnicity', $characteristics::VARCHAR[])) AS characteristic
), known AS (
  SELECT a.*, row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY as_at DESC, delivery_id DESC) AS age,
         bool_or(appointed) OVER (PARTITION BY organisation_code, application_id) AS appointed_once,
         max(appointed_on) OVER (PARTITION BY organisation_code, application_id) AS last_appointed_on
  FROM core_applications a
  WHERE a.as_at <= $as_at AND list_contains($organisations, organisation_code)
), lists AS (
  SELECT organisation_code, max(snapshot_date) AS staff_list, min(snapshot_date) AS first_list
  FROM core_staff WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code)
  GROUP BY organisation_code
), trac AS (
  SELECT k.organisation_code, string_split(coalesce(k.characteristics_answered, ''), ',') || CASE WHEN k.ethnic_state = 'declared' THEN ['ethnicity'] ELSE [] END AS answers,
         coalesce(k.start_date, k.last_appointed_on + CAST($notice_days AS INTEGER), k.date_applied + 2 * CAST($notice_days AS INTEGER)) AS starts
  FROM known k
  WHERE k.age = 1 AND k.appointed_once AND NOT coalesce(k.withdrawn, FALSE) AND NOT coalesce(k.is_internal, FALSE)
), esr AS (
  -- each start once, with what the latest list that shows it holds
  SELECT s.organisation_code, s.employee_number, s.hire_date AS starts,
         string_split(coalesce(s.characteristics_answered, ''), ',') || CASE WHEN s.ethnic_state IN ('declared', 'unmapped') THEN ['ethnicity'] ELSE [] END AS answers
  FROM core_staff s
  WHERE s.snapshot_date <= $as_at AND list_contains($organisations, s.organisation_code) AND s.hire_date IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY s.organisation_code, s.employee_number, s.hire_date ORDER BY s.snapshot_date DESC, s.delivery_id DESC) = 1
), held_by_both AS (
  SELECT organisation_code, characteristic FROM (SELECT DISTINCT organisation_code, unnest(answers) AS characteristic FROM trac)
  SEMI JOIN (SELECT DISTINCT organisation_code, unnest(answers) AS characteristic FROM esr) USING (organisation_code, characteristic)
  UNION
  SELECT organisation_code, 'ethnicity' FROM lists
), asked AS (
  SELECT t.organisation_code, c.characteristic, date_trunc('month', starts) AS month, count(*) AS starters,
         count(*) FILTER (WHERE list_contains(answers, c.characteristic)) AS declared
  FROM trac t JOIN lists l USING (organisation_code) CROSS JOIN characteristics c
  WHERE starts <= $as_at AND starts <= l.staff_list - CAST($normal_lag_days AS INTEGER)
  GROUP BY ALL
), held AS (
  SELECT e.organisation_code, c.characteristic, date_trunc('month', starts) AS month, count(*) AS starters,
         count(*) FILTER (WHERE list_contains(answers, c.characteristic)) AS declared
  FROM esr e JOIN lists l USING (organisation_code) CROSS JOIN characteristics c
  WHERE starts <= l.staff_list - CAST($normal_lag_days AS INTEGER)
  GROUP BY ALL
)
SELECT a.organisation_code, CAST(a.month AS DATE) AS month, a.starters AS trac_starters, a.declared AS trac_declared,
       coalesce(h.starters, 0) AS esr_starters, coalesce(h.declared, 0) AS esr_declared, a.characteristic
FROM asked a
SEMI JOIN held_by_both b ON b.organisation_code = a.organisation_code AND b.characteristic = a.characteristic
LEFT JOIN held h ON h.organisation_code = a.organisation_code AND h.month = a.month AND h.characteristic = a.characteristic
ORDER BY a.organisation_code, a.characteristic, a.month
