-- one row is an organisation: its latest staff list as if the gap were closed for linked people, and those who declared in TRAC,
-- are due and could not be linked
WITH unlinked AS (
  SELECT organisation_code, count(*) FILTER (WHERE trac_group = 'White') AS unlinked_white,
         count(*) FILTER (WHERE trac_group = 'BME') AS unlinked_bme
  FROM quality_gap
  WHERE as_at = $as_at AND list_contains($organisations, organisation_code) AND due AND external AND trac_state = 'declared'
    AND state IN ('not_found', 'awaiting_review')
  GROUP BY organisation_code
), latest AS (
  SELECT organisation_code, max(snapshot_date) AS snapshot_date FROM core_workforce
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code) GROUP BY organisation_code
)
SELECT w.organisation_code, count(*) AS people,
       count(*) FILTER (WHERE coalesce(c.wres_group, w.wres_group) = 'BME') AS bme,
       count(*) FILTER (WHERE coalesce(c.wres_group, w.wres_group) = 'Unknown') AS unknown,
       coalesce(any_value(u.unlinked_white), 0) AS unlinked_white, coalesce(any_value(u.unlinked_bme), 0) AS unlinked_bme
FROM core_workforce w
JOIN latest l ON l.organisation_code = w.organisation_code AND l.snapshot_date = w.snapshot_date
LEFT JOIN quality_gap_closed c ON c.as_at = $as_at AND c.organisation_code = w.organisation_code
  AND c.employee_number = w.employee_number AND w.ethnic_state IN ('not_recorded', 'declined')
LEFT JOIN unlinked u ON u.organisation_code = w.organisation_code
WHERE w.counted
GROUP BY w.organisation_code
