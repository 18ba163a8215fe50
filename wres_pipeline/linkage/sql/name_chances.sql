-- one row is an organisation, a part of the name (first, last, both) and a text, with the people of the staff who bear it
CREATE OR REPLACE TEMP TABLE linkage_bearers AS
WITH people AS (
  SELECT DISTINCT i.organisation_code, p.person_id, i.first_root, i.last_name, i.names
  FROM linkage_identities i
  JOIN linkage_persons p ON p.organisation_code = i.organisation_code AND p.employee_number = i.record_id
  WHERE i.side = 'staff'
)
SELECT organisation_code, 'first' AS part, first_root AS text, count(DISTINCT person_id) AS people
FROM people WHERE first_root IS NOT NULL GROUP BY organisation_code, first_root
UNION ALL
SELECT organisation_code, 'last', last_name, count(DISTINCT person_id)
FROM people WHERE last_name IS NOT NULL GROUP BY organisation_code, last_name
UNION ALL
SELECT organisation_code, 'both', names, count(DISTINCT person_id)
FROM people WHERE names IS NOT NULL GROUP BY organisation_code, names
