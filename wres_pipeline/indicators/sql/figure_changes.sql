-- one row is a figure of an organisation that two years have
SELECT * FROM figure_changes
WHERE organisation_code = $organisation AND reporting_year = $year
ORDER BY rowid
