-- one row is a percentage of one question and group from an organisation's own published staff-survey table
SELECT s.organisation_code, s.survey_year, s.question, s.ethnic_group, s.percent, s.base, s.measure
FROM core_survey_results s
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
ORDER BY s.organisation_code, s.survey_year, s.question, s.ethnic_group, s.row_number
