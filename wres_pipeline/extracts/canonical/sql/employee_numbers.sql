-- one row is a number of a person in one raw table that no staff list of its organisation holds, and the one it stands for:
-- without the suffix of an assignment, or with its leading zeros, where just one number of the lists fits
WITH wanted AS (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code
), staff AS (
  SELECT DISTINCT d.organisation_code, person_number(r.employee_number, r.assignment_number) AS employee_number
  FROM raw_esr_staff_list r
  JOIN current_deliveries d USING (delivery_id)
  JOIN wanted USING (organisation_code)
  WHERE r.employee_number <> ''
), written AS (
  SELECT DISTINCT d.organisation_code, plain_number(r.employee_number) AS as_written
  FROM numbers_written r JOIN current_deliveries d USING (delivery_id) JOIN wanted USING (organisation_code)
), lost AS (
  SELECT w.organisation_code, w.as_written,
         ltrim(regexp_replace(w.as_written, '-\d+$', ''), '0') AS bare
  FROM written w
  LEFT JOIN staff s ON s.organisation_code = w.organisation_code AND s.employee_number = w.as_written
  WHERE s.employee_number IS NULL AND w.as_written <> ''
)
SELECT l.organisation_code, l.as_written, min(s.employee_number) AS employee_number
FROM lost l
JOIN staff s ON s.organisation_code = l.organisation_code AND ltrim(s.employee_number, '0') = l.bare
GROUP BY l.organisation_code, l.as_written
HAVING count(DISTINCT s.employee_number) = 1
ORDER BY l.organisation_code, l.as_written
