-- one row is an appointed application as the latest TRAC delivery up to the date shows it; appointed once = appointed
CREATE OR REPLACE TEMP TABLE linkage_applications AS
WITH known AS (
  SELECT a.*,
         row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY a.as_at DESC, delivery_id DESC) AS age,
         bool_or(appointed) OVER (PARTITION BY organisation_code, application_id) AS appointed_once
  FROM core_applications a
  WHERE a.as_at <= $as_at AND organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
)
SELECT organisation_code, application_id, applicant_first_name AS first_name, applicant_last_name AS last_name,
       date_of_birth, ni_number, email, postcode, start_date AS event_date, is_internal, coalesce(withdrawn, FALSE) AS withdrawn,
       nullif(trim(regexp_replace(lower(replace(staff_group, '&', 'and')), '[^a-z0-9]+', ' ', 'g')), '') AS staff_group,
       nullif(regexp_extract(lower(pay_scale), 'band ?([1-9][a-d]?)', 1), '') AS band,
       nullif(trim(regexp_replace(lower(vacancy_title), '[^a-z0-9]+', ' ', 'g')), '') AS title
FROM known
WHERE age = 1 AND appointed_once
