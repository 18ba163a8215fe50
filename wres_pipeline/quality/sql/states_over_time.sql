-- one row is a staff list and the people of one ethnic state on it
SELECT organisation_code, snapshot_date, coalesce(ethnic_state, 'unmapped') AS ethnic_state, count(*) AS people
FROM core_workforce
WHERE counted AND snapshot_date <= $as_at AND list_contains($organisations, organisation_code)
GROUP BY ALL
ORDER BY ALL
