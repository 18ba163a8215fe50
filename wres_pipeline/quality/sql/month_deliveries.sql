-- one row is a kind of extract, with the deliveries for the month and their rows
SELECT organisation_code, kind, count(*) AS deliveries, sum(rows_in), sum(rows_accepted), sum(rows_quarantined)
FROM deliveries
WHERE present AND period > $month_before AND period <= $as_at AND list_contains($organisations, organisation_code)
GROUP BY organisation_code, kind
ORDER BY organisation_code, kind
