-- one row is a distinct staff group of the workforce, with the cluster it stands in
SELECT organisation_code, coalesce(staff_group, '') AS about, cluster, count(*) AS people
FROM core_assignments
WHERE snapshot_date = $snapshot AND chosen AND exclusion_reason = '' AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
