-- one row is a staff list: its people and rows, and how many of its numbers are read otherwise than they are written
SELECT r.delivery_id,
       count(DISTINCT person_number(r.employee_number, r.assignment_number)) AS people, count(*) AS rows_used,
       count(DISTINCT r.employee_number) FILTER (WHERE plain_number(r.employee_number) <> r.employee_number) AS plain,
       count(DISTINCT r.employee_number) FILTER (
         WHERE person_number(r.employee_number, r.assignment_number) <> plain_number(r.employee_number)
           AND starts_with(plain_number(r.assignment_number), '0')
       ) AS zeros,
       count(DISTINCT r.employee_number) FILTER (
         WHERE person_number(r.employee_number, r.assignment_number) <> plain_number(r.employee_number)
           AND NOT starts_with(plain_number(r.assignment_number), '0')
       ) AS suffix
FROM raw_esr_staff_list r
LEFT JOIN (SELECT DISTINCT delivery_id, row_number FROM quarantine) q
  ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
WHERE r.delivery_id IN (SELECT unnest($deliveries::VARCHAR[])) AND q.row_number IS NULL
GROUP BY r.delivery_id
ORDER BY r.delivery_id
