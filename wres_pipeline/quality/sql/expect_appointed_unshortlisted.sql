-- one row is an organisation: applications appointed though their own column says they were not shortlisted
SELECT organisation_code, '' AS about, count(*) FILTER (WHERE appointed AND NOT shortlisted) AS appointed_not_shortlisted
FROM core_applications
WHERE reference_date BETWEEN $period_start AND $period_end AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
