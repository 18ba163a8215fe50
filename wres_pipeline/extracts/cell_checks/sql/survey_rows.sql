-- one row is a usable row of a survey's results: its question, group, percentage and measure as written
SELECT coalesce(trim(r.question), ''), coalesce(trim(r.ethnic_group), ''), coalesce(trim(r.percent), ''),
       coalesce(trim(r.measure), '')
FROM raw_staff_survey r
LEFT JOIN (SELECT DISTINCT delivery_id, row_number FROM quarantine) q
  ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
WHERE r.delivery_id = ? AND q.row_number IS NULL
ORDER BY r.row_number
