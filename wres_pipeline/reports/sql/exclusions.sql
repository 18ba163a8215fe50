-- one row is a reason why people or assignments on the staff list are not counted
SELECT exclusion_reason, count(*) AS rows_left_out
FROM core_assignments
WHERE organisation_code = ? AND snapshot_date = ? AND exclusion_reason <> ''
GROUP BY ALL ORDER BY ALL
