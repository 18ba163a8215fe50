-- one row is an organisation's count of staff and, per name, the share of its staff who bear it
CREATE OR REPLACE TEMP TABLE linkage_name_shares AS
WITH sizes AS (
  SELECT organisation_code, count(DISTINCT record_id) AS staff
  FROM linkage_identities WHERE side = 'staff' GROUP BY organisation_code
), borne AS (
  SELECT organisation_code, 'names' AS part, names AS text, count(*) AS bearers
  FROM linkage_identities WHERE side = 'staff' AND names IS NOT NULL GROUP BY organisation_code, names
  UNION ALL
  SELECT organisation_code, 'last', last_name, count(*)
  FROM linkage_identities WHERE side = 'staff' AND last_name IS NOT NULL GROUP BY organisation_code, last_name
  UNION ALL
  SELECT organisation_code, 'first', first_root, count(*)
  FROM linkage_identities WHERE side = 'staff' AND first_root IS NOT NULL GROUP BY organisation_code, first_root
)
SELECT b.organisation_code, b.part, b.text, least(1.0, CAST(b.bearers AS DOUBLE) / z.staff) AS share
FROM borne b JOIN sizes z USING (organisation_code)
