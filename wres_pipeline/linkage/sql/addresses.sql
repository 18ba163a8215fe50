-- one row is an email address or postcode and how many different pairs of names each side holds under it
CREATE OR REPLACE TEMP TABLE linkage_addresses AS
SELECT organisation_code, side, 'email' AS kind, email AS text, count(DISTINCT names) AS people
FROM linkage_identities WHERE email IS NOT NULL GROUP BY organisation_code, side, email
UNION ALL
SELECT organisation_code, side, 'postcode', postcode, count(DISTINCT names)
FROM linkage_identities WHERE postcode IS NOT NULL GROUP BY organisation_code, side, postcode
