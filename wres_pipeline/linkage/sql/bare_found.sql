-- one row is an application without number and date of birth, and the likeliest person; two applications of one applicant for one
-- start share the link
INSERT INTO linkage_found BY NAME
SELECT b.organisation_code, b.record_id AS application_id, c.employee_number, 'whole_body' AS method, c.score,
       nullif(c.margin, 'NaN'::DOUBLE) AS margin, c.band, c.explanation, c.expected, c.kind_of_names
FROM linkage_arriving c
JOIN linkage_bare b ON b.applicant = c.application
