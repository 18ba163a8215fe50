-- one row is a reporting year of which an organisation has delivered typed counts or a staff survey
SELECT DISTINCT c.reporting_year
FROM core_wres_counts c JOIN current_deliveries d USING (delivery_id)
WHERE c.organisation_code = $organisation
UNION
SELECT DISTINCT survey_year + 1 FROM current_deliveries
WHERE organisation_code = $organisation AND kind = 'staff_survey' AND survey_year IS NOT NULL
