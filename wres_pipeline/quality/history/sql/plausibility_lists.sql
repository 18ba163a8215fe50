-- one row is the year's staff list of an organisation beside an earlier one: how many people each, how many in both, and of how many the ethnic group changed
WITH now AS (
  SELECT organisation_code, delivery_id, file_name, content_hash, period FROM current_deliveries
  WHERE kind = 'esr_staff_list' AND period = $snapshot AND list_contains($organisations, organisation_code)
), earlier AS (
  SELECT n.organisation_code, n.delivery_id, 'before' AS neighbour, max(d.period) AS day
  FROM now n JOIN current_deliveries d ON d.organisation_code = n.organisation_code AND d.kind = 'esr_staff_list' AND d.period < n.period
  GROUP BY ALL
  UNION ALL
  SELECT n.organisation_code, n.delivery_id, 'year_before', d.period
  FROM now n JOIN current_deliveries d ON d.organisation_code = n.organisation_code AND d.kind = 'esr_staff_list'
    AND d.period = n.period - INTERVAL 1 YEAR
), people AS (
  SELECT organisation_code, snapshot_date, employee_number, wres_group FROM core_workforce WHERE counted
), declared AS (
  SELECT * FROM people WHERE wres_group IN ('White', 'BME')
)
SELECT n.organisation_code, n.file_name, n.content_hash, n.period, e.neighbour, CAST(e.day AS DATE) AS day,
       (SELECT count(*) FROM people p WHERE p.organisation_code = n.organisation_code AND p.snapshot_date = n.period) AS people,
       (SELECT count(*) FROM people p WHERE p.organisation_code = n.organisation_code AND p.snapshot_date = e.day) AS people_before,
       (SELECT count(*) FROM people p JOIN people q ON q.organisation_code = p.organisation_code
          AND q.employee_number = p.employee_number AND q.snapshot_date = e.day
        WHERE p.organisation_code = n.organisation_code AND p.snapshot_date = n.period) AS kept,
       (SELECT count(*) FROM declared p JOIN declared q ON q.organisation_code = p.organisation_code
          AND q.employee_number = p.employee_number AND q.snapshot_date = e.day
        WHERE p.organisation_code = n.organisation_code AND p.snapshot_date = n.period) AS declared_both,
       (SELECT count(*) FROM declared p JOIN declared q ON q.organisation_code = p.organisation_code
          AND q.employee_number = p.employee_number AND q.snapshot_date = e.day AND q.wres_group <> p.wres_group
        WHERE p.organisation_code = n.organisation_code AND p.snapshot_date = n.period) AS group_changed
FROM now n LEFT JOIN earlier e ON e.organisation_code = n.organisation_code
QUALIFY row_number() OVER (PARTITION BY n.organisation_code, e.day ORDER BY e.neighbour DESC) = 1
ORDER BY n.organisation_code, e.day DESC
