-- one row is a kind of finding of an organisation, with how many block the year's return and how many are to be looked at
SELECT organisation_code, first(what ORDER BY place) || CASE WHEN count(*) > 1 THEN ' (and ' || (count(*) - 1) || ' more of this kind)' ELSE '' END AS about,
       count(*) FILTER (WHERE severity = 'blocks' AND confirmed = '') AS blocking,
       count(*) FILTER (WHERE severity = 'look_at' AND confirmed = '') AS to_look_at
FROM findings
WHERE reporting_year = $reporting_year AND list_contains($organisations, organisation_code)
GROUP BY organisation_code, code, "column"
ORDER BY ALL
