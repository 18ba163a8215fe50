-- one row is a question and an answer that respondents of the survey year gave
SELECT DISTINCT r.question, r.answer
FROM core_survey_respondents r
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE r.survey_year = $survey_year
ORDER BY ALL
