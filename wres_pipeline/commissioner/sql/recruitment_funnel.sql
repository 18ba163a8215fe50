-- one row is an ethnic group, route and furthest stage of an organisation's applications of the year, each as its newest delivery shows it
WITH wanted AS (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code
), newest AS (
  SELECT a.organisation_code, a.application_id, a.as_at, a.reference_date, a.start_date,
         a.shortlisted, a.interviewed, a.offered, a.appointed, a.is_internal, a.is_international,
         coalesce(a.wres_group, 'Unknown') AS wres_group
  FROM core_applications a
  JOIN wanted USING (organisation_code)
  WHERE a.as_at <= $deadline AND a.as_at > $period_start
  QUALIFY row_number() OVER (PARTITION BY a.organisation_code, a.application_id ORDER BY a.as_at DESC) = 1
)
SELECT organisation_code, wres_group, is_internal, is_international,
       CASE WHEN NOT shortlisted THEN 'applied'
            WHEN appointed AND start_date <= as_at THEN 'started'
            WHEN appointed THEN 'appointed'
            WHEN offered THEN 'offered'
            WHEN interviewed THEN 'interviewed'
            ELSE 'shortlisted' END AS furthest,
       count(*) AS applications
FROM newest
WHERE reference_date BETWEEN $period_start AND $period_end
GROUP BY ALL
ORDER BY ALL
