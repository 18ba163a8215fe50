-- one row is an invented appointed application as TRAC holds it
INSERT INTO core_applications BY NAME
SELECT 'synthetic' AS delivery_id, $organisation_code AS organisation_code, $as_at AS as_at, application_id,
       'VAC' AS vacancy_reference, '' AS vacancy_title, '' AS staff_group, '' AS pay_scale,
       concat_ws(',', CASE WHEN ni_number <> '' THEN 'ni_number' END, CASE WHEN date_of_birth IS NOT NULL THEN 'date_of_birth' END,
         CASE WHEN email <> '' THEN 'email' END, CASE WHEN postcode <> '' THEN 'postcode' END) AS particulars_held,
       CAST(date_applied AS DATE) AS date_applied,
       CASE WHEN withdrawn THEN 'Withdrawn' ELSE 'Starting' END AS stage,
       TRUE AS shortlisted, TRUE AS interviewed, TRUE AS offered, TRUE AS appointed, withdrawn,
       CAST(date_applied AS DATE) + 40 AS appointed_on, CAST(date_applied AS DATE) + 14 AS reference_date,
       CAST(start_date AS DATE) AS start_date, ethnic_origin, ethnic_code, ethnic_state, wres_group,
       is_internal, FALSE AS is_international, 'TRAC' AS source, TRUE AS stage_known
FROM linkage_new_applications
