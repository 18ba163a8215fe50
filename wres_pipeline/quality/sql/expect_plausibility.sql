-- one row is a comparison of a delivery of the year with its neighbours or the calendar, and the bounds it should lie in
SELECT organisation_code, concat_ws(' ', replace(code, '_', ' '), nullif(about, ''), CAST(neighbour AS VARCHAR)) AS about,
       value, coalesce(low, -1e9) AS low, coalesce(high, 1e9) AS high
FROM plausibility
WHERE reporting_year = $reporting_year AND list_contains($organisations, organisation_code)
ORDER BY ALL
