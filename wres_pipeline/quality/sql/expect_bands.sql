-- one row is a distinct pay scale of the workforce, with the band it stands in
SELECT organisation_code, coalesce(pay_scale, '') AS about, band, count(*) AS people
FROM core_assignments
WHERE snapshot_date = $snapshot AND chosen AND exclusion_reason = '' AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
