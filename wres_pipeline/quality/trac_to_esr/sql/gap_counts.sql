-- one row is a state and the applications in it
SELECT organisation_code, state, count(*) AS applications
FROM quality_gap
WHERE as_at = $as_at AND list_contains($organisations, organisation_code)
GROUP BY organisation_code, state
ORDER BY organisation_code, state
