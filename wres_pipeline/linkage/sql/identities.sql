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
         trim(regexp_replace(folded(first_name), '^(MR|MRS|MS|MISS|MX|DR|PROF|REV|SIR) ', '')) AS first_text,
         folded(last_name) AS last_text
  FROM both_sides
), written AS (
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
), told AS (
  SELECT *, unnest([{'kind': 'ni', 'text': ni}, {'kind': 'email', 'text': email}, {'kind': 'postcode', 'text': postcode},
                    {'kind': 'born', 'text': strftime(born, '%Y%m%d')}], recursive := TRUE)
  FROM (SELECT side, organisation_code, record_id, first_token || '|' || last_name AS names, ni, email, postcode, born FROM written)
), often AS (
  SELECT side, organisation_code, kind, text FROM told WHERE text IS NOT NULL
  GROUP BY ALL HAVING count(*) > 3
), many AS (
  -- what more people hold than can share it tells nobody: a number, date, mailbox or address put in for want of a true one
  SELECT DISTINCT t.organisation_code, t.kind, t.text
  FROM told t
  JOIN often o ON o.side = t.side AND o.organisation_code = t.organisation_code AND o.kind = t.kind AND o.text = t.text
  JOIN (SELECT side, organisation_code, count(DISTINCT record_id) AS people FROM written GROUP BY ALL) b
    ON b.side = t.side AND b.organisation_code = t.organisation_code
  GROUP BY t.side, t.organisation_code, t.kind, t.text, b.people
  HAVING least(count(DISTINCT t.record_id), count(DISTINCT t.names)) > CASE t.kind
    WHEN 'ni' THEN $ni_shared WHEN 'email' THEN $email_shared
    WHEN 'postcode' THEN greatest($postcode_shared, b.people / $people_a_day)
    ELSE greatest($born_shared, b.people / $people_a_day) END
), valid AS (
  SELECT w.* EXCLUDE (ni, email, postcode, born),
         CASE WHEN n.text IS NULL THEN w.ni END AS ni, CASE WHEN e.text IS NULL THEN w.email END AS email,
         CASE WHEN p.text IS NULL THEN w.postcode END AS postcode, CASE WHEN b.text IS NULL THEN w.born END AS born
  FROM written w
  LEFT JOIN many n ON n.organisation_code = w.organisation_code AND n.kind = 'ni' AND n.text = w.ni
  LEFT JOIN many e ON e.organisation_code = w.organisation_code AND e.kind = 'email' AND e.text = w.email
  LEFT JOIN many p ON p.organisation_code = w.organisation_code AND p.kind = 'postcode' AND p.text = w.postcode
  LEFT JOIN many b ON b.organisation_code = w.organisation_code AND b.kind = 'born' AND b.text = strftime(w.born, '%Y%m%d')
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
