-- one row is a member of staff and the person behind the number: numbers that share date of birth and NI number, or date of
-- birth, both names and postcode, are one person
CREATE OR REPLACE TEMP TABLE linkage_persons AS
WITH particulars AS (
  SELECT organisation_code, record_id, 'ni' AS kind, ni || '|' || born_text AS particular
  FROM linkage_identities WHERE side = 'staff' AND ni IS NOT NULL AND born IS NOT NULL
  UNION ALL
  SELECT organisation_code, record_id, 'home', names || '|' || postcode || '|' || born_text
  FROM linkage_identities WHERE side = 'staff' AND names IS NOT NULL AND postcode IS NOT NULL AND born IS NOT NULL
), shared AS (
  SELECT organisation_code, kind, particular, min(record_id) AS person_id
  FROM particulars
  GROUP BY organisation_code, kind, particular
  HAVING count(DISTINCT record_id) > 1
), joined AS (
  SELECT p.organisation_code, p.record_id, min(s.person_id) AS person_id
  FROM particulars p
  JOIN shared s ON s.organisation_code = p.organisation_code AND s.kind = p.kind AND s.particular = p.particular
  GROUP BY p.organisation_code, p.record_id
)
SELECT i.organisation_code, i.record_id AS employee_number, coalesce(j.person_id, i.record_id) AS person_id
FROM (SELECT DISTINCT organisation_code, record_id FROM linkage_identities WHERE side = 'staff') i
LEFT JOIN joined j ON j.organisation_code = i.organisation_code AND j.record_id = i.record_id
