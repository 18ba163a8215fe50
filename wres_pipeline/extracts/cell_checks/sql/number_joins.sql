-- one row is a file of training, cases or appraisals: its different employee numbers, how many stand in a staff list of the
-- organisation, how many only without a spreadsheet's marks, how many once repaired, how many only with a letter read as the digit it
-- looks like, and how many staff lists there are
WITH wanted AS (
  SELECT unnest($deliveries::VARCHAR[]) AS delivery_id
), staff AS (
  SELECT DISTINCT d.organisation_code, person_number(r.employee_number, r.assignment_number) AS employee_number
  FROM raw_esr_staff_list r
  JOIN current_deliveries d USING (delivery_id)
  WHERE d.organisation_code IN (SELECT unnest($organisations::VARCHAR[])) AND r.employee_number <> ''
), lists AS (
  SELECT organisation_code, count(*) AS lists FROM current_deliveries WHERE kind = 'esr_staff_list' GROUP BY organisation_code
), fitting AS (
  SELECT organisation_code, ltrim(employee_number, '0') AS bare
  FROM staff GROUP BY ALL HAVING count(*) = 1
), alike AS (
  SELECT DISTINCT organisation_code, translate(employee_number, 'OoIlSB０１２３４５６７８９', '0011580123456789') AS looks FROM staff
), cells AS (
  SELECT delivery_id, row_number, employee_number FROM raw_training JOIN wanted USING (delivery_id)
  UNION ALL
  SELECT delivery_id, row_number, employee_number FROM raw_employee_relations JOIN wanted USING (delivery_id)
  UNION ALL
  SELECT delivery_id, row_number, employee_number FROM raw_appraisals JOIN wanted USING (delivery_id)
), numbers AS (
  SELECT DISTINCT c.delivery_id, d.organisation_code, c.employee_number AS written,
         plain_number(c.employee_number) AS employee_number
  FROM cells c
  JOIN deliveries d USING (delivery_id)
  LEFT JOIN (SELECT DISTINCT delivery_id, row_number FROM quarantine) q
    ON q.delivery_id = c.delivery_id AND q.row_number = c.row_number
  WHERE q.row_number IS NULL AND c.employee_number <> ''
)
SELECT n.delivery_id, count(DISTINCT n.employee_number) AS numbers,
       count(DISTINCT n.employee_number) FILTER (WHERE s.employee_number IS NOT NULL) AS held,
       count(DISTINCT n.written) FILTER (WHERE n.written <> n.employee_number) AS plain,
       count(DISTINCT n.employee_number) FILTER (WHERE s.employee_number IS NULL AND f.bare IS NOT NULL) AS repaired,
       count(DISTINCT n.employee_number) FILTER (WHERE s.employee_number IS NULL AND f.bare IS NULL AND a.looks IS NOT NULL) AS mistyped,
       coalesce(max(l.lists), 0) AS lists
FROM numbers n
LEFT JOIN staff s ON s.organisation_code = n.organisation_code AND s.employee_number = n.employee_number
LEFT JOIN fitting f ON f.organisation_code = n.organisation_code
  AND f.bare = ltrim(regexp_replace(n.employee_number, '-\d+$', ''), '0')
LEFT JOIN alike a ON a.organisation_code = n.organisation_code
  AND a.looks = translate(n.employee_number, 'OoIlSB０１２３４５６７８９', '0011580123456789')
LEFT JOIN lists l ON l.organisation_code = n.organisation_code
GROUP BY n.delivery_id
ORDER BY n.delivery_id
