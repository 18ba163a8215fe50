-- one row is an appointed application and its link, kept under the date it was made for
INSERT INTO linkage_links BY NAME
SELECT organisation_code, $as_at AS as_at, application_id, employee_number, method, score, margin, band, explanation, expected, kind_of_names
FROM linkage_found
ORDER BY organisation_code, application_id
