-- one row is an application that has exactly one possible person on the key of one strict pass
INSERT INTO linkage_found BY NAME
WITH keyed AS (
  SELECT *,
         CASE $pass
           WHEN 'ni_and_date_of_birth' THEN ni || '|' || born_text
           WHEN 'email_and_date_of_birth' THEN email || '|' || CAST(born_any_order AS VARCHAR)
           WHEN 'date_of_birth_and_names' THEN born_text || '|' || names
           WHEN 'date_of_birth_postcode_and_first_name' THEN born_text || '|' || postcode || '|' || first_root
           WHEN 'date_of_birth_postcode_and_last_name' THEN born_text || '|' || postcode || '|' || last_name
           WHEN 'names_and_postcode' THEN names || '|' || postcode
         END AS pass_key
  FROM linkage_identities
), latest AS (
  SELECT organisation_code, max(event_date) AS hire FROM keyed WHERE side = 'staff' GROUP BY organisation_code
), open_applications AS (
  -- who starts after the latest hire of the staff lists cannot stand in them yet, but by an earlier post
  SELECT k.*, coalesce(k.event_date > l.hire, FALSE) AS ahead
  FROM keyed k
  LEFT JOIN latest l ON l.organisation_code = k.organisation_code
  ANTI JOIN linkage_found f ON f.organisation_code = k.organisation_code AND f.application_id = k.record_id
  WHERE k.side = 'application' AND k.pass_key IS NOT NULL
), candidates AS (
  SELECT a.organisation_code, a.record_id AS application_id, s.record_id AS employee_number,
         abs(date_diff('day', s.event_date, a.event_date)) AS days_apart,
         coalesce(a.ni = s.ni, FALSE) AS same_ni,
         coalesce(a.email = s.email, FALSE) AS same_email,
         coalesce(a.born = s.born, FALSE) AS same_birth,
         coalesce(a.names = s.names, FALSE) AS same_names,
         coalesce(a.postcode = s.postcode, FALSE) AS same_postcode,
         coalesce(a.first_root = s.first_root OR a.first_root = s.last_name
           OR starts_with(a.first_text, s.first_text) OR starts_with(s.first_text, a.first_text)
           OR list_has_any(string_split(a.first_text, ' '), string_split(s.first_text, ' '))
           OR jaro_winkler_similarity(a.first_text, s.first_text) >= $alike, FALSE) AS first_names_fit,
         a.ni IS NOT NULL AND s.ni IS NOT NULL AND damerau_levenshtein(a.ni, s.ni) > 1 AS ni_differs,
         a.born IS NULL OR s.born IS NULL OR a.born_any_order = s.born_any_order
           OR damerau_levenshtein(a.born_text, s.born_text) <= 1 AS birth_fits,
         coalesce(a.is_internal AND coalesce(s.event_date < a.event_date, TRUE), FALSE) AS on_the_staff,
         c.names IS NOT NULL OR a.ahead AS support_needed
  FROM open_applications a
  JOIN keyed s ON s.side = 'staff' AND s.organisation_code = a.organisation_code AND s.pass_key = a.pass_key
  LEFT JOIN linkage_common_names c ON c.organisation_code = s.organisation_code AND c.names = s.names
), allowed AS (
  SELECT c.*, p.person_id
  FROM candidates c
  JOIN linkage_persons p ON p.organisation_code = c.organisation_code AND p.employee_number = c.employee_number
  ANTI JOIN linkage_decisions d ON d.organisation_code = c.organisation_code AND d.application_id = c.application_id
    AND d.employee_number = c.employee_number AND d.decision = 'different'
  WHERE CASE $pass
          WHEN 'ni_and_date_of_birth' THEN TRUE
          WHEN 'email_and_date_of_birth' THEN first_names_fit
          WHEN 'date_of_birth_and_names' THEN NOT ni_differs
          WHEN 'date_of_birth_postcode_and_first_name' THEN NOT ni_differs
          WHEN 'date_of_birth_postcode_and_last_name' THEN NOT ni_differs AND first_names_fit
          WHEN 'names_and_postcode' THEN NOT ni_differs AND birth_fits
        END
)
SELECT organisation_code, application_id,
       arg_min(employee_number, (coalesce(days_apart, 100000), employee_number)) AS employee_number,
       $pass AS method, 1.0 AS score, NULL AS margin, 'automatic' AS band,
       '{"pass":"' || $pass || '","candidates":1,"agree":['
         || concat_ws(',', CASE WHEN bool_or(same_ni) THEN '"ni_number"' END,
                      CASE WHEN bool_or(same_email) THEN '"email"' END,
                      CASE WHEN bool_or(same_birth) THEN '"date_of_birth"' END,
                      CASE WHEN bool_or(same_names) THEN '"names"' END,
                      CASE WHEN bool_or(same_postcode) THEN '"postcode"' END,
                      CASE WHEN min(days_apart) <= $start_days THEN '"start_date"' END) || ']}' AS explanation
FROM allowed
GROUP BY organisation_code, application_id
HAVING count(DISTINCT person_id) = 1
  AND ($pass <> 'date_of_birth_and_names' OR NOT bool_or(support_needed)
       OR bool_or(same_ni OR same_email OR same_postcode OR on_the_staff OR coalesce(days_apart <= $start_days, FALSE)))
