-- one row is a change of the year and organisations that are made anew
DELETE FROM figure_changes
WHERE reporting_year = $year AND list_contains($organisations::VARCHAR[], organisation_code)
