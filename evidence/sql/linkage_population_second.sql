-- one row is an older record of a member of staff who left and came back under a new number
INSERT INTO core_staff BY NAME
SELECT * REPLACE (CAST(CAST(employee_number AS BIGINT) + 50000000 AS VARCHAR) AS employee_number,
                  hire_date - 1500 AS hire_date, FALSE AS counted, 'left' AS exclusion_reason)
FROM core_staff
WHERE organisation_code = $code AND employee_number IN (SELECT unnest($numbers::VARCHAR[]))
