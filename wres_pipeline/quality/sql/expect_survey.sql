-- one row is a published percentage of this year's staff survey
SELECT organisation_code, question || ' ' || group_label AS about, percent
FROM core_survey_results
WHERE survey_year = $survey_year AND percent IS NOT NULL AND list_contains($organisations, organisation_code)
ORDER BY ALL
