-- one row is an application without number and date of birth that nobody of the staff could be compared with, and the probability
-- that its person is in the lists all the same
INSERT INTO linkage_found BY NAME
SELECT b.organisation_code, b.record_id AS application_id, 'none' AS method, 'none' AS band, '{"candidates":0}' AS explanation,
       ($unfound::DOUBLE[])[b.class + 1] AS expected
FROM linkage_bare b
ANTI JOIN linkage_bare_pairs p ON p.organisation_code = b.organisation_code AND p.application = b.applicant
WHERE b.organisation_code = $code
