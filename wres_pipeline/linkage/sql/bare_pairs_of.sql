-- one row is an applicant of one body and a person who might be the same, in a fixed order
SELECT * FROM linkage_bare_pairs WHERE organisation_code = $code ORDER BY application, person_id
