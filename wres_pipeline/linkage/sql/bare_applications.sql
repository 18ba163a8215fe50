-- one row is an application not linked yet that has neither an NI number nor a date of birth to compare with the staff list's
CREATE OR REPLACE TEMP TABLE linkage_bare AS
WITH held AS (
  SELECT organisation_code, bool_or(ni IS NOT NULL) AS ni, bool_or(born IS NOT NULL) AS born
  FROM linkage_identities WHERE side = 'staff' GROUP BY organisation_code
)
SELECT i.identity, i.organisation_code, i.record_id, i.event_date, i.names, i.turned, i.first_root, i.first_text, i.last_name, i.last_text,
       i.email, i.postcode, a.staff_group, a.band, a.title,
       CASE WHEN i.is_internal THEN 1 WHEN a.withdrawn THEN 3 WHEN i.event_date > $as_at THEN 2 ELSE 0 END AS class,
       -- one applicant with two appointed applications for one start is one applicant
       CASE WHEN i.names IS NOT NULL AND coalesce(i.email, i.postcode) IS NOT NULL AND i.event_date IS NOT NULL
            THEN min(i.identity) OVER (PARTITION BY i.organisation_code, i.names, coalesce(i.email, i.postcode), i.event_date)
            ELSE i.identity END AS applicant
FROM linkage_identities i
JOIN held h ON h.organisation_code = i.organisation_code
JOIN linkage_applications a ON a.organisation_code = i.organisation_code AND a.application_id = i.record_id
ANTI JOIN linkage_found f ON f.organisation_code = i.organisation_code AND f.application_id = i.record_id
WHERE i.side = 'application' AND i.first_root IS NOT NULL AND i.last_name IS NOT NULL
  AND (i.ni IS NULL OR NOT h.ni) AND (i.born IS NULL OR NOT h.born)
