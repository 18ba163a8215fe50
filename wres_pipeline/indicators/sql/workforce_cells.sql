-- one row is a cluster, band and ethnic group of an organisation's workforce at the snapshot
SELECT w.organisation_code, w.cluster, w.band, coalesce(w.wres_group, 'Unknown') AS wres_group,
       count(*) AS people, count(*) FILTER (WHERE w.senior_medical_manager) AS senior
FROM core_workforce w
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE w.snapshot_date = $snapshot AND w.counted
GROUP BY ALL
ORDER BY ALL
