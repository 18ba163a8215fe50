-- one row is an appointed application for which no member of staff could even be compared
INSERT INTO linkage_found
SELECT a.organisation_code, a.application_id, NULL, 'none', NULL, NULL, 'none', '{"candidates":0}'
FROM linkage_applications a
ANTI JOIN linkage_found f ON f.organisation_code = a.organisation_code AND f.application_id = a.application_id
