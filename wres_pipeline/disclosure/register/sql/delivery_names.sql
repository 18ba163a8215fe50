-- one row is a delivery: its id, and its kind with the date (or the year of the survey) that its file name gives
SELECT delivery_id, concat_ws(' ', kind, coalesce(CAST(period AS VARCHAR), CAST(survey_year AS VARCHAR)))
FROM deliveries
WHERE organisation_code IN (SELECT unnest(?::VARCHAR[]))
