-- one row is a figure of the publications that are to be replaced
DELETE FROM commissioning_figures
WHERE reporting_year = $reporting_year AND list_contains($organisations::VARCHAR[], organisation_code)
