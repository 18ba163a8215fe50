-- one row is a month of starting: external starters due by then whose ethnicity arrived, and whose did not
SELECT organisation_code, start_month,
       count(*) FILTER (WHERE state IN ('in_sync', 'minor_difference', 'conflict')) AS arrived,
       count(*) FILTER (WHERE state IN ('missing_in_esr', 'not_stated_in_esr')) AS lost
FROM quality_gap
WHERE as_at = $as_at AND list_contains($organisations, organisation_code) AND external AND due
  AND state IN ('in_sync', 'minor_difference', 'conflict', 'missing_in_esr', 'not_stated_in_esr')
GROUP BY organisation_code, start_month
ORDER BY organisation_code, start_month
