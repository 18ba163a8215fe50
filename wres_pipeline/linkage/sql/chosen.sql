-- one row is an application the strict passes left, with its best candidate, the lead over the next person, and the band
INSERT INTO linkage_found BY NAME
WITH shares AS (
  SELECT organisation_code, part, sum(share * share) AS by_chance FROM linkage_name_shares GROUP BY organisation_code, part
), sizes AS (
  SELECT organisation_code, count(*) AS staff FROM linkage_persons GROUP BY organisation_code
), weighed AS (
  -- a rare name that agrees says more than a common one: bits against the average name of the organisation
  SELECT c.*, a.organisation_code, a.record_id AS application_id, s.record_id AS employee_number, p.person_id,
         abs(date_diff('day', s.event_date, a.event_date)) AS days_apart,
         coalesce(CASE c.names_level
           WHEN 6 THEN log2(nc.by_chance / n.share)
           WHEN 5 THEN log2(lc.by_chance / l.share)
           WHEN 4 THEN log2(fc.by_chance / f.share)
           WHEN 2 THEN log2(fc.by_chance / f.share)
           WHEN 1 THEN log2(lc.by_chance / l.share)
         END, 0.0) AS rarity,
         log2(CASE WHEN a.is_internal THEN $internal_in_staff ELSE $in_staff END
                / greatest(z.staff, CAST($least_staff AS BIGINT))) AS prior,
         coalesce(a.is_internal, FALSE) AS said_internal
  FROM linkage_scored c
  JOIN linkage_identities a ON a.identity = c.application
  JOIN linkage_identities s ON s.identity = c.staff
  JOIN linkage_persons p ON p.organisation_code = s.organisation_code AND p.employee_number = s.record_id
  JOIN sizes z ON z.organisation_code = a.organisation_code
  LEFT JOIN linkage_name_shares n ON n.organisation_code = a.organisation_code AND n.part = 'names' AND n.text = s.names
  LEFT JOIN linkage_name_shares l ON l.organisation_code = a.organisation_code AND l.part = 'last' AND l.text = s.last_name
  LEFT JOIN linkage_name_shares f ON f.organisation_code = a.organisation_code AND f.part = 'first' AND f.text = s.first_root
  LEFT JOIN shares nc ON nc.organisation_code = a.organisation_code AND nc.part = 'names'
  LEFT JOIN shares lc ON lc.organisation_code = a.organisation_code AND lc.part = 'last'
  LEFT JOIN shares fc ON fc.organisation_code = a.organisation_code AND fc.part = 'first'
), per_person AS (
  SELECT *, weight + rarity + prior AS bits
  FROM weighed
  QUALIFY row_number() OVER (
    PARTITION BY organisation_code, application_id, person_id
    ORDER BY weight + rarity + prior DESC, coalesce(days_apart, 100000), employee_number) = 1
), ranked AS (
  SELECT *,
         row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY bits DESC, employee_number) AS place,
         bits - lead(bits) OVER (PARTITION BY organisation_code, application_id ORDER BY bits DESC, employee_number) AS lead_bits
  FROM per_person
), judged AS (
  SELECT *, 1.0 / (1.0 + pow(2.0, -greatest(-60.0, least(60.0, bits)))) AS probability,
         -- two valid NI numbers that differ are two people until a person says otherwise; twins differ by the first name
         -- alone: then only a number, an email with the day of starting, or being on the staff already will do; a parent and
         -- child of one name differ by the date of birth alone: then only a number or the day of starting, or being on the staff
         -- already where no more than two signs of the date differ
         coalesce(ni_level >= 1, TRUE)
           AND (names_level >= 2 OR ni_level >= 1 OR (birth_level = 4 AND ((start_level >= 3 AND w_email > 0) OR said_internal)))
           AND (coalesce(birth_level >= 2, TRUE) OR ni_level >= 1 OR start_level >= 3 OR (birth_level = 1 AND said_internal)) AS no_doubt
  FROM ranked WHERE place = 1
)
SELECT organisation_code, application_id, employee_number, 'splink' AS method, probability AS score, lead_bits AS margin,
       CASE WHEN probability >= CASE WHEN names_level >= 2 AND birth_level >= 2 THEN $automatic_first_name ELSE $automatic END
                 AND coalesce(lead_bits >= $margin, TRUE) AND no_doubt THEN 'automatic'
            WHEN probability >= $clerical THEN 'clerical'
            ELSE 'none' END AS band,
       '{"model":"' || $version || '","weights":{' || concat_ws(',',
         '"names":' || printf('%.1f', w_names), '"rarity_of_names":' || printf('%.1f', rarity),
         '"date_of_birth":' || printf('%.1f', w_date_of_birth), '"ni_number":' || printf('%.1f', w_ni_number),
         '"email":' || printf('%.1f', w_email), '"postcode":' || printf('%.1f', w_postcode),
         '"start_date":' || printf('%.1f', w_start), '"size_of_staff":' || printf('%.1f', prior)) || '}}' AS explanation
FROM judged
