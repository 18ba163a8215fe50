-- one row is an ethnic group of an organisation's applications of the year, each as its newest delivery shows it
WITH wanted AS (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
), seen AS (
  SELECT a.organisation_code, a.application_id, a.as_at, a.reference_date, a.shortlisted, a.appointed,
         coalesce(a.wres_group, 'Unknown') AS wres_group
  FROM core_applications a
  JOIN wanted USING (organisation_code)
  WHERE a.as_at <= wanted.deadline AND a.as_at > $period_start
), files AS (
  SELECT organisation_code, count(DISTINCT as_at) AS files FROM seen GROUP BY ALL
), newest AS (
  SELECT s.organisation_code, s.application_id, s.as_at, s.reference_date, s.shortlisted, s.appointed, s.wres_group
  FROM seen s
  JOIN files f USING (organisation_code)
  WHERE f.files = 1
  UNION ALL
  SELECT s.organisation_code, s.application_id, s.as_at, s.reference_date, s.shortlisted, s.appointed, s.wres_group
  FROM seen s
  JOIN files f USING (organisation_code)
  WHERE f.files > 1
  QUALIFY row_number() OVER (PARTITION BY s.organisation_code, s.application_id ORDER BY s.as_at DESC) = 1
)
SELECT organisation_code, wres_group,
       count(*) FILTER (WHERE shortlisted) AS shortlisted,
       count(*) FILTER (WHERE shortlisted AND appointed) AS appointed,
       count(*) FILTER (WHERE appointed AND NOT shortlisted) AS appointed_only
FROM newest
WHERE reference_date BETWEEN $period_start AND $period_end
GROUP BY ALL
ORDER BY ALL
