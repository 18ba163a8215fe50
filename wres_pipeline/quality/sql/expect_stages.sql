-- one row is a distinct recruitment stage whose meaning decides an application of the period
SELECT organisation_code, coalesce(stage, '') AS about, stage_known, count(*) AS applications
FROM core_applications
WHERE reference_date BETWEEN $period_start AND $period_end AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
