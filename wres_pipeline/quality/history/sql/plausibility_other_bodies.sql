-- one row is an organisation and another whose staff list holds the same people (number, hire date, group, scale and
-- ethnicity), of lists at most 31 days apart: a number alone may be in two bodies' lists by chance
WITH people AS (
  SELECT DISTINCT organisation_code, concat_ws('|', employee_number, hire_date, staff_group, pay_scale, ethnic_origin) AS person
  FROM core_assignments
  WHERE chosen AND exclusion_reason = '' AND abs(date_diff('day', snapshot_date, $snapshot)) <= 31
), several AS (
  SELECT person FROM people GROUP BY person HAVING count(*) > 1
), shared AS (
  SELECT p.organisation_code, q.organisation_code AS other, count(*) AS numbers
  FROM people p JOIN several USING (person)
  JOIN people q ON q.person = p.person AND q.organisation_code <> p.organisation_code
  GROUP BY ALL
)
SELECT s.organisation_code, s.other, s.numbers, d.file_name, d.content_hash, d.period,
       (SELECT count(*) FROM people p WHERE p.organisation_code = s.organisation_code) AS people
FROM shared s
JOIN current_deliveries d ON d.organisation_code = s.organisation_code AND d.kind = 'esr_staff_list' AND d.period = $snapshot
WHERE list_contains($organisations, s.organisation_code)
QUALIFY row_number() OVER (PARTITION BY s.organisation_code ORDER BY s.numbers DESC, s.other) = 1
ORDER BY s.organisation_code
