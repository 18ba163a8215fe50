-- one row is a start of a body's staff and whether a surer link has taken it
SELECT s.hire_date, u.person_id IS NOT NULL AS used
FROM linkage_starts s
LEFT JOIN linkage_used_starts u ON u.organisation_code = s.organisation_code AND u.person_id = s.person_id AND u.hire_date = s.hire_date
WHERE s.organisation_code = $code
