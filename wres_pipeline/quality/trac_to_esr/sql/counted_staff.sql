-- one row is a month of starting and what ESR holds of those who started in it, for a body that supplies a summary alone
WITH latest AS (
  SELECT organisation_code, max(snapshot_date) AS staff_list FROM core_staff
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code) GROUP BY organisation_code
), esr AS (
  SELECT s.organisation_code, s.hire_date AS starts, s.ethnic_state
  FROM core_staff s
  WHERE s.snapshot_date <= $as_at AND list_contains($organisations, s.organisation_code) AND s.hire_date IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY s.organisation_code, s.employee_number, s.hire_date ORDER BY s.snapshot_date DESC, s.delivery_id DESC) = 1
)
SELECT e.organisation_code, CAST(date_trunc('month', starts) AS DATE) AS month, count(*) AS starters,
       count(*) FILTER (WHERE ethnic_state IN ('declared', 'unmapped')) AS declared
FROM esr e JOIN latest l USING (organisation_code)
WHERE starts <= l.staff_list - CAST($normal_lag_days AS INTEGER) AND starts > l.staff_list - INTERVAL 36 MONTH
GROUP BY ALL
ORDER BY 1, 2
