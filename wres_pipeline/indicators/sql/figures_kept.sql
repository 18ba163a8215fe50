-- one row is a reporting year of which figures of an organisation are kept, with a number that another figure would change
SELECT reporting_year, sum(hash(indicator, measure, cluster, band, ethnic_group, shown)) AS held
FROM figures WHERE organisation_code = $organisation AND reporting_year < $before GROUP BY 1 ORDER BY 1
