-- one row is a stage and ethnic group of an organisation's summary report of recruitment
SELECT s.organisation_code, s.as_at, s.stage, coalesce(s.wres_group, 'Unknown') AS wres_group,
       sum(s.applications)::BIGINT AS applications
FROM core_recruitment_summary s
JOIN (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($dates::DATE[]) AS as_at
) wanted USING (organisation_code, as_at)
GROUP BY ALL
ORDER BY ALL
