-- one row is an application and the state it is in at the date (restricted)
SELECT application_id, state
FROM quality_gap
WHERE as_at = $as_at AND organisation_code = $organisation
ORDER BY application_id
