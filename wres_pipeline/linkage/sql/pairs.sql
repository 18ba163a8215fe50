-- one row is an application no strict pass linked and a member of staff who might be the same person
CREATE OR REPLACE TEMP TABLE linkage_pairs AS
WITH applications AS (
  SELECT i.*
  FROM linkage_identities i
  ANTI JOIN linkage_found f ON f.organisation_code = i.organisation_code AND f.application_id = i.record_id
  WHERE i.side = 'application'
), staff AS (
  SELECT * FROM linkage_identities WHERE side = 'staff'
), met AS (
  SELECT a.identity AS application, s.identity AS staff
  FROM applications a JOIN staff s ON s.organisation_code = a.organisation_code AND s.ni = a.ni
  UNION
  SELECT a.identity, s.identity
  FROM applications a JOIN staff s ON s.organisation_code = a.organisation_code AND s.email = a.email
  UNION
  SELECT a.identity, s.identity
  FROM applications a JOIN staff s ON s.organisation_code = a.organisation_code AND s.postcode = a.postcode
  WHERE left(a.first_root, 1) = left(s.first_root, 1) OR left(a.last_name, 1) = left(s.last_name, 1)
     OR left(a.first_root, 1) = left(s.last_name, 1)
  UNION
  SELECT a.identity, s.identity
  FROM applications a JOIN staff s ON s.organisation_code = a.organisation_code AND s.born = a.born
  WHERE left(a.first_root, 1) = left(s.first_root, 1) OR left(a.last_name, 1) = left(s.last_name, 1)
     OR left(a.first_root, 1) = left(s.last_name, 1) OR left(a.last_name, 1) = left(s.first_root, 1)
     OR left(a.postcode, 4) = left(s.postcode, 4)
  UNION
  SELECT a.identity, s.identity
  FROM applications a JOIN staff s ON s.organisation_code = a.organisation_code AND s.born_any_order = a.born_any_order
  WHERE a.first_root = s.first_root OR a.last_name = s.last_name OR a.names = s.names
  UNION
  SELECT a.identity, s.identity
  FROM applications a JOIN staff s ON s.organisation_code = a.organisation_code AND s.names = a.names
  WHERE a.born IS NULL OR s.born IS NULL OR damerau_levenshtein(a.born_text, s.born_text) <= 2
  UNION
  SELECT a.identity, s.identity
  FROM applications a
  JOIN staff s ON s.organisation_code = a.organisation_code AND s.last_name = a.last_name AND s.event_date = a.event_date
  WHERE a.born IS NULL OR s.born IS NULL OR damerau_levenshtein(a.born_text, s.born_text) <= 2
)
SELECT m.application, m.staff
FROM met m
JOIN applications a ON a.identity = m.application
JOIN staff s ON s.identity = m.staff
ANTI JOIN linkage_decisions d ON d.organisation_code = a.organisation_code AND d.application_id = a.record_id
  AND d.employee_number = s.record_id AND d.decision = 'different'
