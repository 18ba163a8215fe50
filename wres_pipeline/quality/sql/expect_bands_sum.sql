-- one row is an ethnic group: its headcount, and the sum of its bands (a subset of a band is not added)
SELECT organisation_code, CASE ethnic_group WHEN '' THEN 'everyone' ELSE ethnic_group END AS about,
       sum(numerator_of) FILTER (WHERE cluster = '' AND band = '') AS headcount,
       sum(numerator_of) FILTER (WHERE cluster <> '' AND band <> '' AND band NOT LIKE 'of which%') AS bands
FROM (
  SELECT *, coalesce(value, 0) AS numerator_of FROM figures
  WHERE indicator = '1' AND measure = 'headcount' AND reporting_year = $reporting_year AND state IN ('value', 'zero')
)
WHERE list_contains($organisations, organisation_code)
GROUP BY ALL
HAVING count(*) FILTER (WHERE cluster <> '' AND band <> '') > 0  -- a body that knows only its total has no band to add up
ORDER BY ALL
