-- one row is an appointed application as the latest TRAC delivery up to the date shows it; appointed once = appointed
CREATE OR REPLACE TEMP TABLE linkage_applications AS
WITH known AS (
  SELECT a.*,
         row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY a.as_at DESC, delivery_id DESC) AS age,
         bool_or(appointed) OVER (PARTITION BY organisation_code, application_id) AS appointed_once
  FROM core_applications a
  WHERE a.as_at <= $as_at AND organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
)
SELECT k.organisation_code, k.application_id, i.first_name, i.last_name,
       i.date_of_birth, i.ni_number, i.email, i.postcode, start_date AS event_date, is_internal, coalesce(withdrawn, FALSE) AS withdrawn,
       nullif(trim(regexp_replace(lower(replace(staff_group, '&', 'and')), '[^a-z0-9]+', ' ', 'g')), '') AS staff_group,
       nullif(regexp_extract(lower(pay_scale), 'band ?([1-9][a-d]?)', 1), '') AS band,
       nullif(trim(regexp_replace(lower(vacancy_title), '[^a-z0-9]+', ' ', 'g')), '') AS title
FROM known k
LEFT JOIN core_identities i ON i.organisation_code = k.organisation_code AND i.delivery_id = k.delivery_id AND i.as_at = k.as_at
  AND i.application_id = k.application_id
WHERE age = 1 AND appointed_once
