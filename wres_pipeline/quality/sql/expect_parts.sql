-- one row is an indicator and ethnic group (of indicator 3 all groups together: people who left before the snapshot count
-- among those who entered the process, so that a small group may have more of them than staff): a part and its whole
WITH pairs AS (
  SELECT p.organisation_code, p.indicator, CASE WHEN p.indicator = '3' THEN '' ELSE p.ethnic_group END AS ethnic_group,
         coalesce(w.value, 0) AS whole, coalesce(p.value, 0) AS part
  FROM figures p
  JOIN figures w ON w.organisation_code = p.organisation_code AND w.reporting_year = p.reporting_year
    AND w.indicator = p.indicator AND w.ethnic_group = p.ethnic_group
    AND (p.indicator, p.measure, w.measure) IN (
      ('2', 'appointed', 'shortlisted'), ('4', 'accessed_training', 'workforce'), ('3', 'entered_disciplinary', 'workforce'))
  WHERE p.reporting_year = $reporting_year AND list_contains($organisations, p.organisation_code)
)
SELECT organisation_code, trim('indicator ' || indicator || ' ' || ethnic_group) AS about, sum(whole) AS whole, sum(part) AS part
FROM pairs
GROUP BY organisation_code, indicator, ethnic_group
ORDER BY ALL
