-- one row is an indicator and ethnic group: the part counted, and the whole it is part of
SELECT p.organisation_code, 'indicator ' || p.indicator || ' ' || p.ethnic_group AS about,
       coalesce(w.value, 0) AS whole, coalesce(p.value, 0) AS part
FROM figures p
JOIN figures w ON w.organisation_code = p.organisation_code AND w.reporting_year = p.reporting_year
  AND w.indicator = p.indicator AND w.ethnic_group = p.ethnic_group
  AND (p.indicator, p.measure, w.measure) IN (
    ('2', 'appointed', 'shortlisted'), ('4', 'accessed_training', 'workforce'), ('3', 'entered_disciplinary', 'workforce'))
WHERE p.reporting_year = $reporting_year AND list_contains($organisations, p.organisation_code)
ORDER BY ALL
