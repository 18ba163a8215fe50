-- one row is an appointed application for which no member of staff could even be compared
INSERT INTO linkage_found BY NAME
SELECT a.organisation_code, a.application_id, NULL AS employee_number, 'none' AS method, NULL AS score, NULL AS margin, 'none' AS band, '{"candidates":0}' AS explanation
FROM linkage_applications a
ANTI JOIN linkage_found f ON f.organisation_code = a.organisation_code AND f.application_id = a.application_id
