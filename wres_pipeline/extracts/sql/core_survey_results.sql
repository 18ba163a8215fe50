-- one row is a published percentage of one question and ethnic group (empty group: all staff)
INSERT INTO core_survey_results
SELECT r.delivery_id, r.row_number, d.organisation_code, d.survey_year, trim(r.question), coalesce(g.wres_group, r.ethnic_group),
       r.ethnic_group, TRY_CAST(rtrim(trim(r.percent), '%') AS DOUBLE), TRY_CAST(replace(r.base, ',', '') AS BIGINT),
       lower(trim(coalesce(r.measure, '')))
FROM raw_staff_survey r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN label_survey_group g ON g.survey_year = d.survey_year AND g.text = coalesce(r.ethnic_group, '')
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
