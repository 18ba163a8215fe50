-- one row is a distinct ethnicity text of this year's staff list or applications, with its state
SELECT organisation_code, coalesce(ethnic_origin, '') AS about, ethnic_state, count(*) AS people
FROM (
  SELECT organisation_code, ethnic_origin, ethnic_state FROM core_workforce WHERE snapshot_date = $snapshot AND counted
  UNION ALL
  SELECT organisation_code, ethnic_origin, ethnic_state FROM core_applications
  WHERE reference_date BETWEEN $period_start AND $period_end
)
WHERE list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
