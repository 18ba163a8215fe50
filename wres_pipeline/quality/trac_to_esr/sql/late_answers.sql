-- one row is a staff list and the people who stood without an answer in the list before and stand in this one: how many, and of how
-- many this one holds an answer
WITH held AS (
  SELECT organisation_code, snapshot_date, employee_number, bool_or(ethnic_state IN ('declared', 'unmapped')) AS answered
  FROM core_staff
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code) AND counted
  GROUP BY ALL
), lists AS (
  SELECT organisation_code, snapshot_date, lag(snapshot_date) OVER (PARTITION BY organisation_code ORDER BY snapshot_date) AS list_before
  FROM (SELECT DISTINCT organisation_code, snapshot_date FROM held)
)
SELECT l.organisation_code, l.snapshot_date, l.list_before, count(*) AS asked, count(*) FILTER (WHERE b.answered) AS answered
FROM lists l
JOIN held a ON a.organisation_code = l.organisation_code AND a.snapshot_date = l.list_before AND NOT a.answered
JOIN held b ON b.organisation_code = l.organisation_code AND b.snapshot_date = l.snapshot_date AND b.employee_number = a.employee_number
GROUP BY ALL
ORDER BY ALL
