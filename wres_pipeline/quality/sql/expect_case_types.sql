-- one row is a distinct case type, with what it counts as
SELECT organisation_code, coalesce(case_type, '') AS about, case_kind, count(*) AS cases
FROM core_disciplinary_cases
WHERE list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
