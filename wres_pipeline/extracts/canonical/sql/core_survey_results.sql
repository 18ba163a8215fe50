-- one row is a published percentage of one question and ethnic group (empty group: all staff)
INSERT INTO core_survey_results BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.survey_year, coalesce(u.means, trim(r.question)) AS question,
       coalesce(g.wres_group, r.ethnic_group) AS ethnic_group, r.ethnic_group AS group_label,
       p.value AS percent, n.value::BIGINT AS base, lower(coalesce(m.means, trim(coalesce(r.measure, '')))) AS measure
FROM raw_staff_survey r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN label_survey_group g ON g.organisation_code = d.organisation_code AND g.survey_year = d.survey_year AND g.text = coalesce(r.ethnic_group, '')
LEFT JOIN label_survey_question u ON u.organisation_code = d.organisation_code AND u.survey_year IS NOT DISTINCT FROM d.survey_year AND u.text = coalesce(r.question, '')
LEFT JOIN label_survey_measure m ON m.organisation_code = d.organisation_code AND m.text = coalesce(r.measure, '')
LEFT JOIN text_percent p ON p.scale = d.percent_scale AND p.text = r.percent
LEFT JOIN text_number n ON n.text = r.base
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
