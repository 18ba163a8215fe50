-- one row is an application whose person stands in ESR under two numbers
UPDATE linkage_truth
SET employee_numbers = list_append(employee_numbers, CAST(CAST(employee_numbers[1] AS BIGINT) + 50000000 AS VARCHAR))
WHERE organisation_code = $code AND employee_numbers[1] IN (SELECT unnest($numbers::VARCHAR[]))
