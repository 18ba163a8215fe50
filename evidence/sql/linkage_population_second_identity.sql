-- one row is who a member of staff is who left and came back under a new number
INSERT INTO core_identities BY NAME
SELECT * REPLACE (CAST(CAST(employee_number AS BIGINT) + 50000000 AS VARCHAR) AS employee_number)
FROM core_identities
WHERE organisation_code = $code AND employee_number IN (SELECT unnest($numbers::VARCHAR[]))
