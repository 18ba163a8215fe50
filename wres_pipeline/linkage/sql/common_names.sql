-- one row is a pair of names so common among an organisation's staff that chance alone may repeat it on one date of birth
CREATE OR REPLACE TEMP TABLE linkage_common_names AS
SELECT organisation_code, names, count(DISTINCT record_id) AS people
FROM linkage_identities
WHERE side = 'staff' AND names IS NOT NULL
GROUP BY organisation_code, names
HAVING count(DISTINCT record_id) > $common_names
