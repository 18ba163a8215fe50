-- one row is an ethnic group's applications of the period: applied, shortlisted, appointed
SELECT organisation_code, wres_group AS about, count(*) AS applied,
       count(*) FILTER (WHERE shortlisted) AS shortlisted,
       count(*) FILTER (WHERE appointed) AS appointed
FROM core_applications
WHERE reference_date BETWEEN $period_start AND $period_end AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
