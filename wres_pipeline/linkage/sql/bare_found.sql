-- one row is an application without number and date of birth, and the likeliest person; two applications of one applicant for one
-- start share the link
INSERT INTO linkage_found
SELECT b.organisation_code, b.record_id, c.employee_number, 'whole_body', c.score, nullif(c.margin, 'NaN'::DOUBLE), c.band, c.explanation
FROM linkage_arriving c
JOIN linkage_bare b ON b.applicant = c.application
