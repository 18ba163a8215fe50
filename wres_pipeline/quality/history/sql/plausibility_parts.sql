-- one row is a staff group, site, ethnic state or WRES group of an organisation's counted people on one of the days asked for
WITH wanted AS (
  SELECT unnest($codes::VARCHAR[]) AS organisation_code, unnest($days::DATE[]) AS snapshot_date
), people AS (
  SELECT w.* FROM core_workforce w JOIN wanted USING (organisation_code, snapshot_date) WHERE w.counted
)
SELECT organisation_code, snapshot_date, part, text, count(*) AS people
FROM (
  SELECT organisation_code, snapshot_date, 'staff_group' AS part, staff_group AS text FROM people
  UNION ALL SELECT organisation_code, snapshot_date, 'site', site FROM people
  UNION ALL SELECT organisation_code, snapshot_date, 'ethnic_state', ethnic_state FROM people
  UNION ALL SELECT organisation_code, snapshot_date, 'wres_group', wres_group FROM people
)
GROUP BY ALL ORDER BY ALL
