-- one row is an answer of one respondent to one question
INSERT INTO core_survey_respondents BY NAME
WITH answers AS (
  UNPIVOT raw_staff_survey_respondents
  ON q13a, q13b, q13c, q14, q14a, q14b, q14c, q15, q15a, q15b, q16a, q16b, q17b
  INTO NAME question VALUE answer
)
SELECT r.delivery_id, d.organisation_code, d.survey_year, r.row_number AS respondent, coalesce(g.wres_group, 'Unknown') AS wres_group,
       u.means AS question, trim(r.answer) AS answer
FROM answers r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN label_survey_group g ON g.organisation_code = d.organisation_code AND g.survey_year = d.survey_year AND g.text = coalesce(r.ethnic_group, '')
LEFT JOIN label_survey_question u ON u.organisation_code = d.organisation_code AND u.survey_year = d.survey_year AND u.text = r.question
WHERE q.row_number IS NULL AND trim(r.answer) <> ''
ORDER BY r.delivery_id, r.row_number, r.question
