-- one row is a pair of names somebody of the staff bears, with how many bear it
SELECT i.first_root, i.last_name, count(DISTINCT p.person_id) AS people
FROM linkage_identities i
JOIN linkage_persons p ON p.organisation_code = i.organisation_code AND p.employee_number = i.record_id
WHERE i.side = 'staff' AND i.organisation_code = $code AND i.first_root IS NOT NULL AND i.last_name IS NOT NULL
GROUP BY i.first_root, i.last_name
ORDER BY i.first_root, i.last_name
