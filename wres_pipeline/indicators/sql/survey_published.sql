-- one row is a percentage of an organisation's own published workbook of the survey year, all staff together
SELECT d.organisation_code, r.question, '' AS ethnic_group,
       round(TRY_CAST(rtrim(trim(r.percent), '%') AS DOUBLE)
         * CASE d.reading ->> 'percent_scale'
             WHEN 'fraction' THEN CASE WHEN trim(r.percent) LIKE '%\%' ESCAPE '\' THEN 1 ELSE 100 END
             WHEN 'unclear' THEN NULL
             ELSE 1
           END, 10) AS percent,
       TRY_CAST(replace(r.base, ',', '') AS BIGINT) AS base, coalesce(r.measure, '') AS measure
FROM raw_staff_survey_organisations r
JOIN current_deliveries d USING (delivery_id)
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE coalesce(TRY_CAST(r.survey_year AS INTEGER), d.survey_year) = $survey_year
  AND trim(r.ods_code) = d.organisation_code
  AND coalesce(trim(r.ethnic_group), '') = ''
ORDER BY d.organisation_code, r.delivery_id, r.row_number
