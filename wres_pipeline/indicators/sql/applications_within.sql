-- one row is a shortlisted application of the year as its newest delivery shows it, with vacancy and person as numbers
WITH wanted AS (
  SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
), newest AS (
  SELECT a.*
  FROM core_applications a
  JOIN wanted USING (organisation_code)
  WHERE a.as_at <= wanted.deadline AND a.as_at > $period_start
  QUALIFY row_number() OVER (PARTITION BY a.organisation_code, a.application_id ORDER BY a.as_at DESC) = 1
), keyed AS (
  SELECT organisation_code, application_id, trim(coalesce(vacancy_reference, '')) AS vacancy,
         applicant AS person,
         coalesce(wres_group, 'Unknown') AS wres_group, appointed, offered, is_internal, is_international, staff_group, pay_scale
  FROM newest
  WHERE shortlisted AND reference_date BETWEEN $period_start AND $period_end
)
SELECT organisation_code,
       CASE WHEN vacancy <> '' THEN dense_rank() OVER (PARTITION BY organisation_code ORDER BY vacancy) END AS vacancy,
       dense_rank() OVER (PARTITION BY organisation_code ORDER BY person) AS person,
       wres_group, appointed, offered OR appointed AS offered, is_internal, is_international, staff_group, pay_scale
FROM keyed
ORDER BY organisation_code, application_id
