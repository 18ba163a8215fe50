-- one row is an application in a TRAC delivery; flags come from their own column, else from the stage reached; an
-- application that stands in several rows counts once, by the row in which it went furthest
INSERT INTO core_applications BY NAME
WITH labelled AS (
  SELECT r.*, coalesce(ai.longer, plain_number(r.application_id)) AS application,
         coalesce(vi.longer, plain_number(r.vacancy_reference)) AS vacancy_number,
         d.organisation_code, d.period AS as_at,
         e.code AS ethnic_code, e.state AS ethnic_state, e.wres_group,
         g.reached, g.ended, coalesce(g.known, FALSE) AS stage_known,
         sl.value AS shortlisted_flag, sl.on_date AS shortlisted_on,
         iv.value AS interviewed_flag, o.value AS offered_flag, o.on_date AS offered_on,
         ap.value AS appointed_flag, ap.on_date AS appointed_date,
         da.value AS applied_on, sd.value AS starts_on, bd.value AS born_on,
         coalesce(nm.first_name, r.applicant_first_name) AS first_name, coalesce(nm.last_name, r.applicant_last_name) AS last_name,
         n.value AS internal_flag, i.value AS international_flag,
         concat_ws(',', CASE WHEN r.disability IS NOT NULL THEN 'disability' END, CASE WHEN r.gender IS NOT NULL THEN 'sex' END,
           CASE WHEN r.religion_or_belief IS NOT NULL THEN 'religion_or_belief' END, CASE WHEN r.sexual_orientation IS NOT NULL THEN 'sexual_orientation' END,
           CASE WHEN r.marital_status IS NOT NULL THEN 'marital_status' END, CASE WHEN r.nationality IS NOT NULL THEN 'nationality' END,
           CASE WHEN bd.value IS NOT NULL THEN 'date_of_birth' END) AS characteristics_answered
  FROM raw_trac_applications r
  JOIN core_scope d USING (delivery_id)
  LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
  LEFT JOIN label_ethnicity e ON e.organisation_code = d.organisation_code AND e.ethnic_list = d.ethnic_list AND e.text = coalesce(r.ethnic_origin, '')
  LEFT JOIN label_stage g ON g.organisation_code = d.organisation_code AND g.text = coalesce(r.stage, '')
  LEFT JOIN text_flag_or_date sl ON sl.organisation_code = d.organisation_code AND sl.column_name = 'shortlisted'
    AND sl.day_order = d.shortlisted_order AND sl.text = coalesce(r.shortlisted, '')
  LEFT JOIN text_flag_or_date iv ON iv.organisation_code = d.organisation_code AND iv.column_name = 'interviewed'
    AND iv.day_order = d.interviewed_order AND iv.text = coalesce(r.interviewed, '')
  LEFT JOIN text_flag_or_date o ON o.organisation_code = d.organisation_code AND o.column_name = 'offered'
    AND o.day_order = d.offered_order AND o.text = coalesce(r.offered, '')
  LEFT JOIN text_flag_or_date ap ON ap.organisation_code = d.organisation_code AND ap.column_name = 'appointed'
    AND ap.day_order = d.appointed_order AND ap.text = coalesce(r.appointed, '')
  LEFT JOIN text_date da ON da.day_order = d.date_applied_order AND da.text = r.date_applied
  LEFT JOIN text_date sd ON sd.day_order = d.start_date_order AND sd.text = r.start_date
  LEFT JOIN text_birth bd ON bd.period IS NOT DISTINCT FROM d.period AND bd.day_order = d.date_of_birth_order AND bd.text = r.date_of_birth
  LEFT JOIN text_applicant nm ON nullif(trim(concat(r.applicant_first_name, r.applicant_last_name)), '') IS NULL AND nm.text = r.applicant_name
  LEFT JOIN text_flag n ON n.organisation_code = d.organisation_code AND n.column_name = 'is_internal' AND n.text = coalesce(r.is_internal, '')
  LEFT JOIN text_flag i ON i.organisation_code = d.organisation_code AND i.column_name = 'is_international' AND i.text = coalesce(r.is_international, '')
  LEFT JOIN application_number_of ai ON ai.organisation_code = d.organisation_code
    AND ai.identifier = 'application_id' AND ai.as_written = plain_number(r.application_id)
  LEFT JOIN application_number_of vi ON vi.organisation_code = d.organisation_code
    AND vi.identifier = 'vacancy_reference' AND vi.as_written = plain_number(r.vacancy_reference)
  WHERE q.row_number IS NULL
), decided AS (
  SELECT *,
         coalesce(appointed_flag, reached >= 4 AND ended <> 'withdrawn', FALSE) AS appointed_now,
         coalesce(ended = 'withdrawn', FALSE) AS withdrawn_now,
         coalesce(
           nullif(upper(replace(ni_number, ' ', '')), ''),
           nullif(lower(trim(email)), ''),
           nullif(lower(trim(first_name)) || '|' || lower(trim(last_name)) || '|' || born_on::VARCHAR, ''),
           'application ' || application
         ) AS person
  FROM labelled
)
SELECT delivery_id, row_number, organisation_code, as_at, application AS application_id,
       vacancy_number AS vacancy_reference, vacancy_title, staff_group, pay_scale,
       dense_rank() OVER (PARTITION BY organisation_code ORDER BY hash(person), person) AS applicant,
       concat_ws(',', CASE WHEN trim(ni_number) <> '' THEN 'ni_number' END, CASE WHEN born_on IS NOT NULL THEN 'date_of_birth' END,
         CASE WHEN trim(email) <> '' THEN 'email' END, CASE WHEN trim(postcode) <> '' THEN 'postcode' END) AS particulars_held,
       characteristics_answered,
       applied_on AS date_applied, stage,
       coalesce(shortlisted_flag, reached >= 1 OR appointed_now, FALSE) AS shortlisted,
       coalesce(interviewed_flag, reached >= 2 OR appointed_now, FALSE) AS interviewed,
       coalesce(offered_flag, reached >= 3 OR appointed_now, FALSE) AS offered,
       appointed_now AS appointed,
       coalesce(appointed_date, offered_on) AS appointed_on,
       withdrawn_now AS withdrawn,
       coalesce(shortlisted_on, applied_on, as_at) AS reference_date,
       starts_on AS start_date,
       coalesce(ethnic_origin, '') AS ethnic_origin, ethnic_code, ethnic_state, wres_group,
       internal_flag AS is_internal, international_flag AS is_international, coalesce(source, '') AS source, stage_known
FROM decided
ORDER BY delivery_id, row_number;
WITH again AS (
  SELECT delivery_id, application_id
  FROM core_applications
  JOIN core_scope USING (delivery_id)
  GROUP BY delivery_id, application_id
  HAVING count(*) > 1
), ranked AS (
  SELECT delivery_id, row_number,
         row_number() OVER (
           PARTITION BY delivery_id, application_id
           ORDER BY appointed DESC, offered DESC, interviewed DESC, shortlisted DESC, withdrawn, row_number DESC
         ) AS place
  FROM core_applications
  JOIN again USING (delivery_id, application_id)
)
DELETE FROM core_applications
WHERE (delivery_id, row_number) IN (SELECT (delivery_id, row_number) FROM ranked WHERE place > 1)
