-- one row is a published percentage of a question and group of an organisation's survey of the year
SELECT r.organisation_code, r.question, r.ethnic_group, r.percent, r.base, r.measure
FROM core_survey_results r
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE r.survey_year = $survey_year
ORDER BY r.organisation_code, r.delivery_id, r.row_number
