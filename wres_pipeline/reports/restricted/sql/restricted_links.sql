-- one row is an appointed application, the member of staff it is, and the state of its ethnicity (restricted)
SELECT application_id, employee_number, state, method, score
FROM quality_gap
WHERE organisation_code = $organisation AND as_at = $as_at
ORDER BY application_id
