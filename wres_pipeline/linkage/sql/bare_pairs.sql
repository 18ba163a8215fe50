-- one row is an applicant and a person of the staff who might be the same: the level every comparison meets, and how often a
-- stranger would meet it by chance in this body
CREATE OR REPLACE TEMP TABLE linkage_bare_pairs AS
WITH applicants AS (
  SELECT b.*, consonants(b.first_root, b.last_name) AS sounds,
         -- one cell holds initials alone: the other may hold either name
         CASE WHEN regexp_full_match(b.last_text, '\p{L}( \p{L})*') AND length(b.first_root) > 2 THEN replace(b.first_text, ' ', '') END AS last_in_first,
         CASE WHEN regexp_full_match(b.first_text, '\p{L}( \p{L})*') AND length(b.last_name) > 2 THEN split_part(b.last_text, ' ', 1) END AS first_in_last,
         coalesce(f.people, 0) AS first_people, coalesce(l.people, 0) AS last_people
  FROM linkage_bare b
  LEFT JOIN linkage_bearers f ON f.organisation_code = b.organisation_code AND f.part = 'first' AND f.text = b.first_root
  LEFT JOIN linkage_bearers l ON l.organisation_code = b.organisation_code AND l.part = 'last' AND l.text = b.last_name
  WHERE b.identity = b.applicant
), staff AS (
  SELECT i.*, consonants(i.first_root, i.last_name) AS sounds, p.person_id FROM linkage_identities i
  JOIN linkage_persons p ON p.organisation_code = i.organisation_code AND p.employee_number = i.record_id
  WHERE i.side = 'staff' AND i.first_root IS NOT NULL AND i.last_name IS NOT NULL
), hired AS (
  SELECT s.*, t.hire_date FROM staff s
  JOIN linkage_starts t ON t.organisation_code = s.organisation_code AND t.person_id = s.person_id
), met AS (
  SELECT a.identity AS application, s.identity AS staff FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.names = a.names
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.names = a.turned
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.turned = a.names
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.email = a.email
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.postcode = a.postcode
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.last_name = a.last_name
  WHERE a.last_people <= $many_bearers
    AND (left(a.first_root, 1) = left(s.first_root, 1) OR jaro_winkler_similarity(a.first_text, s.first_text) >= $alike)
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN hired s ON s.organisation_code = a.organisation_code AND s.last_name = a.last_name
  WHERE abs(date_diff('day', s.hire_date, a.event_date)) <= CASE WHEN a.last_people <= $many_bearers THEN $near_days ELSE 0 END
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN hired s ON s.organisation_code = a.organisation_code AND s.first_root = a.first_root
  WHERE abs(date_diff('day', s.hire_date, a.event_date)) <= CASE WHEN a.first_people <= $many_bearers THEN $near_days ELSE 0 END
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN hired s ON s.organisation_code = a.organisation_code
    AND left(s.first_root, 1) = left(a.first_root, 1) AND left(s.last_name, 1) = left(a.last_name, 1)
  WHERE s.hire_date = a.event_date
     OR (abs(date_diff('day', s.hire_date, a.event_date)) <= $near_days AND jaro_winkler_similarity(a.first_text, s.first_text) >= $alike
         AND jaro_winkler_similarity(a.last_name, s.last_name) >= $last_alike)
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN hired s ON s.organisation_code = a.organisation_code AND s.sounds = a.sounds
  WHERE length(a.sounds) > 5 AND jaro_winkler_similarity(a.first_text, s.first_text) >= $alike AND abs(date_diff('day', s.hire_date, a.event_date)) <= $near_days
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN hired s ON s.organisation_code = a.organisation_code AND s.last_name = a.last_in_first
  WHERE left(s.first_root, 1) = left(a.last_text, 1) AND abs(date_diff('day', s.hire_date, a.event_date)) <= $near_days
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN hired s ON s.organisation_code = a.organisation_code AND s.first_root = a.first_in_last
  WHERE left(s.last_name, 1) = left(a.first_text, 1) AND abs(date_diff('day', s.hire_date, a.event_date)) <= $near_days
  UNION
  SELECT a.identity, s.identity FROM applicants a
  JOIN hired s ON s.organisation_code = a.organisation_code AND s.last_name = split_part(a.last_text, ' ', -1)
  WHERE contains(a.last_text, ' ') AND left(s.first_root, 1) = left(a.first_root, 1) AND abs(date_diff('day', s.hire_date, a.event_date)) <= $near_days
  UNION
  SELECT a.identity, s.identity FROM applicants a JOIN staff s ON s.organisation_code = a.organisation_code AND s.first_root = a.first_root
  WHERE a.class = 1 AND a.first_people <= $many_bearers AND jaro_winkler_similarity(a.last_name, s.last_name) >= $last_alike
), named AS (
  SELECT m.application, coalesce(a.last_in_first = s.last_name AND left(s.first_root, 1) = left(a.last_text, 1), FALSE) AS last_in_first_cell,
         a.organisation_code, s.person_id, s.record_id AS employee_number, s.first_root, s.last_name, s.names,
         coalesce(a.email = s.email, FALSE) AS same_email, coalesce(a.postcode = s.postcode, FALSE) AS same_postcode,
         a.email IS NOT NULL AND s.email IS NOT NULL AS email_known, a.postcode IS NOT NULL AND s.postcode IS NOT NULL AS postcode_known,
         a.first_root = s.first_root OR coalesce(a.first_in_last = s.first_root AND left(s.last_name, 1) = left(a.first_text, 1), FALSE) AS first_same,
         list_has_any(list_filter(string_split(a.first_text, ' '), lambda x: length(x) > 2), list_filter(string_split(s.first_text, ' '), lambda x: length(x) > 2))
           OR jaro_winkler_similarity(a.first_text, s.first_text) >= $alike OR starts_with(a.first_text, s.first_text)
           OR starts_with(s.first_text, a.first_text) OR last_in_first_cell AS first_alike,
         a.last_name = s.last_name OR last_in_first_cell AS last_same,
         jaro_winkler_similarity(a.last_name, s.last_name) >= $last_alike
           OR list_has_any(list_filter(string_split(a.last_text, ' '), lambda x: length(x) > 3), list_filter(string_split(s.last_text, ' '), lambda x: length(x) > 3)) AS last_alike,
         a.names = s.names OR coalesce(s.names = a.turned, FALSE) OR coalesce(s.turned = a.names, FALSE) AS names_same, a.first_text,
         -- both have further given names, and none of one begins as any of the other
         contains(a.first_text, ' ') AND contains(s.first_text, ' ')
           AND NOT list_has_any(list_transform(string_split(a.first_text, ' ')[2:], lambda x: left(x, 1)), list_transform(string_split(s.first_text, ' ')[2:], lambda x: left(x, 1))) AS others_differ, a.first_text = s.first_text AND a.last_name = s.last_name AS texts_same
  FROM met m
  JOIN applicants a ON a.identity = m.application
  JOIN staff s ON s.identity = m.staff
  ANTI JOIN linkage_decisions d ON d.organisation_code = a.organisation_code AND d.application_id = a.record_id
    AND d.employee_number = s.record_id AND d.decision = 'different'
), levelled AS (
  SELECT *,
         CASE WHEN texts_same AND contains(first_text, ' ') THEN 8 WHEN first_same AND last_same AND others_differ THEN 6
              WHEN names_same OR (first_same AND last_same) THEN 7 WHEN last_same AND first_alike THEN 5 WHEN first_same AND last_alike THEN 4
              WHEN first_alike AND last_alike THEN 3 WHEN last_same THEN 2 WHEN first_same THEN 1 ELSE 0 END AS names_level
  FROM named
), people AS (
  SELECT application, organisation_code, person_id, max(names_level) AS names_level,
         arg_max(employee_number, (names_level, employee_number)) AS employee_number,
         arg_max(first_root, names_level) AS first_root, arg_max(last_name, names_level) AS last_name, arg_max(names, names_level) AS names,
         CASE WHEN bool_or(same_email) THEN 1 WHEN bool_or(email_known) THEN 0 END AS email_level,
         CASE WHEN bool_or(same_postcode) THEN 1 WHEN bool_or(postcode_known) THEN 0 END AS postcode_level
  FROM levelled
  GROUP BY application, organisation_code, person_id
), started AS (
  SELECT p.application, p.person_id, min(t.hire_date) AS first_hire,
         arg_min(t.hire_date, abs(date_diff('day', t.hire_date, a.event_date))) AS hire_date
  FROM people p
  JOIN applicants a ON a.identity = p.application
  JOIN linkage_starts t ON t.organisation_code = p.organisation_code AND t.person_id = p.person_id
  GROUP BY p.application, p.person_id
), posts AS (
  SELECT p.application, p.person_id,
         max(CASE WHEN o.staff_group = a.staff_group THEN 1 + CAST(coalesce(o.title = a.title, FALSE) OR (coalesce(o.band = a.band, FALSE) AND a.title IS NULL) AS INTEGER) ELSE 0 END) AS post_level
  FROM people p
  JOIN applicants a ON a.identity = p.application
  JOIN linkage_persons n ON n.organisation_code = p.organisation_code AND n.person_id = p.person_id
  JOIN linkage_posts o ON o.organisation_code = p.organisation_code AND o.employee_number = n.employee_number
  WHERE a.staff_group IS NOT NULL AND o.staff_group IS NOT NULL
  GROUP BY p.application, p.person_id
)
SELECT p.organisation_code, p.application, p.person_id, p.employee_number, a.class, a.event_date, s.hire_date,
       p.names_level, p.email_level, p.postcode_level, o.post_level,
       CASE WHEN a.event_date IS NULL OR s.hire_date IS NULL THEN NULL
            WHEN s.hire_date = a.event_date THEN 5
            WHEN abs(date_diff('day', s.hire_date, a.event_date)) <= 7 THEN 4
            WHEN abs(date_diff('day', s.hire_date, a.event_date)) <= 31 THEN 3
            WHEN abs(date_diff('day', s.hire_date, a.event_date)) <= $near_days THEN 2
            WHEN s.first_hire < a.event_date THEN 1 ELSE 0 END AS start_level,
       p.first_root, p.last_name, coalesce(f.people, 0) AS first_bearers, coalesce(l.people, 0) AS last_bearers, coalesce(b.people, 0) AS both_bearers,
       es.people AS email_staff, ea.people AS email_applicants, ps.people AS postcode_staff, pa.people AS postcode_applicants,
       a.staff_group, a.title
FROM people p
JOIN applicants a ON a.identity = p.application
LEFT JOIN started s ON s.application = p.application AND s.person_id = p.person_id
LEFT JOIN posts o ON o.application = p.application AND o.person_id = p.person_id
LEFT JOIN linkage_bearers f ON f.organisation_code = p.organisation_code AND f.part = 'first' AND f.text = p.first_root
LEFT JOIN linkage_bearers l ON l.organisation_code = p.organisation_code AND l.part = 'last' AND l.text = p.last_name
LEFT JOIN linkage_bearers b ON b.organisation_code = p.organisation_code AND b.part = 'both' AND b.text = p.names
LEFT JOIN linkage_addresses es ON es.organisation_code = p.organisation_code AND es.kind = 'email' AND es.side = 'staff' AND es.text = a.email
LEFT JOIN linkage_addresses ea ON ea.organisation_code = p.organisation_code AND ea.kind = 'email' AND ea.side = 'application' AND ea.text = a.email
LEFT JOIN linkage_addresses ps ON ps.organisation_code = p.organisation_code AND ps.kind = 'postcode' AND ps.side = 'staff' AND ps.text = a.postcode
LEFT JOIN linkage_addresses pa ON pa.organisation_code = p.organisation_code AND pa.kind = 'postcode' AND pa.side = 'application' AND pa.text = a.postcode
ANTI JOIN linkage_used_starts u ON u.organisation_code = p.organisation_code AND u.person_id = p.person_id AND u.hire_date = s.hire_date
  AND abs(date_diff('day', u.hire_date, a.event_date)) <= $near_days
ORDER BY p.organisation_code, p.application, p.person_id
