-- one row is a percentage of one question of one organisation, from the national staff-survey results a commissioner holds
SELECT DISTINCT trim(r.ods_code) AS ods_code, coalesce(TRY_CAST(r.survey_year AS INTEGER), d.survey_year) AS survey_year,
       coalesce(trim(r.organisation_name), '') AS organisation_name,
       coalesce(trim(r.benchmarking_group), '') AS benchmarking_group,
       coalesce(trim(r.region), '') AS region, coalesce(trim(r.weighting), '') AS weighting,
       trim(r.question) AS question, coalesce(trim(r.measure), '') AS measure,
       TRY_CAST(replace(rtrim(trim(r.percent), '%'), ',', '') AS DOUBLE) AS percent,
       TRY_CAST(replace(trim(r.base), ',', '') AS BIGINT) AS base, d.file_name
FROM raw_staff_survey_organisations r
JOIN current_deliveries d USING (delivery_id)
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
LEFT JOIN quarantine q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
WHERE q.row_number IS NULL AND coalesce(trim(r.ethnic_group), '') = '' AND coalesce(trim(r.ods_code), '') <> ''
ORDER BY ALL
