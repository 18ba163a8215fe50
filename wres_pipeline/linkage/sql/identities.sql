-- one row is an identity as one system writes it, cleaned for comparison; side is 'application' or 'staff'
CREATE OR REPLACE TEMP TABLE linkage_identities AS
WITH both_sides AS (
  SELECT 'application' AS side, organisation_code, application_id AS record_id, first_name, last_name, date_of_birth,
         ni_number, email, postcode, event_date, is_internal
  FROM linkage_applications
  UNION ALL
  SELECT 'staff', organisation_code, employee_number, first_name, last_name, date_of_birth,
         ni_number, email, postcode, event_date, NULL
  FROM linkage_staff
), plain AS (
  SELECT side, organisation_code, record_id, event_date, is_internal,
         CASE WHEN date_of_birth BETWEEN $oldest_birth AND $youngest_birth THEN date_of_birth END AS born,
         regexp_replace(upper(ni_number), '[^A-Z0-9]', '', 'g') AS ni_text,
         regexp_replace(upper(postcode), '[^A-Z0-9]', '', 'g') AS postcode_text,
         lower(trim(email)) AS email_text,
         trim(regexp_replace(regexp_replace(
           upper(strip_accents(replace(replace(translate(lower(first_name), 'łøđı''’`´', 'lodi'), 'ß', 'ss'), 'æ', 'ae'))),
           '[^\p{L}]+', ' ', 'g'), '^ ?(MR|MRS|MS|MISS|MX|DR|PROF|REV|SIR) ', '')) AS first_text,
         trim(regexp_replace(
           upper(strip_accents(replace(replace(translate(lower(last_name), 'łøđı''’`´', 'lodi'), 'ß', 'ss'), 'æ', 'ae'))),
           '[^\p{L}]+', ' ', 'g')) AS last_text
  FROM both_sides
), valid AS (
  SELECT side, organisation_code, record_id, event_date, is_internal, born,
         CASE WHEN regexp_full_match(ni_text, '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?')
                   AND left(ni_text, 2) NOT IN ('BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ')
              THEN left(ni_text, 8) END AS ni,
         CASE WHEN regexp_full_match(postcode_text, '[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}')
                   AND postcode_text NOT LIKE 'ZZ99%' THEN postcode_text END AS postcode,
         CASE WHEN regexp_full_match(email_text, '[^@ ]+@[^@ ]+\.[^@ ]+') THEN email_text END AS email,
         nullif(first_text, '') AS first_text,
         nullif(split_part(first_text, ' ', 1), '') AS first_token,
         nullif(replace(last_text, ' ', ''), '') AS last_name,
         nullif(last_text, '') AS last_text,
         nullif(split_part(last_text, ' ', 1), '') AS last_token
  FROM plain
)
SELECT row_number() OVER () AS identity, v.side, v.organisation_code, v.record_id, v.event_date, v.is_internal, v.born, v.ni, v.postcode, v.email,
       v.first_text, coalesce(k.full_name, v.first_token) AS first_root, v.last_name, v.last_text,
       strftime(v.born, '%Y%m%d') AS born_text,
       year(v.born) * 10000 + least(month(v.born), day(v.born)) * 100 + greatest(month(v.born), day(v.born)) AS born_any_order,
       least(coalesce(k.full_name, v.first_token), v.last_name) || '|'
         || greatest(coalesce(k.full_name, v.first_token), v.last_name) AS names,
       -- the same where the names stand in each other's cell and either is more than one word, or the first name one of those
       -- that are spelt or called in several ways
       CASE WHEN contains(v.first_text, ' ') OR contains(v.last_text, ' ') OR t.full_name IS NOT NULL
            THEN least(coalesce(t.full_name, v.last_token), replace(v.first_text, ' ', '')) || '|'
                   || greatest(coalesce(t.full_name, v.last_token), replace(v.first_text, ' ', '')) END AS turned
FROM valid v
LEFT JOIN linkage_known_as k ON k.known_as = v.first_token
LEFT JOIN linkage_known_as t ON t.known_as = v.last_token
