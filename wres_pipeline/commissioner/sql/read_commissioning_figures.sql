-- one row is a figure of one publication, in the order it was put in
SELECT organisation_code,
       reporting_year,
       section,
       subject,
       measure,
       breakdown,
       ethnic_group,
       numerator,
       denominator,
       value,
       unit,
       state,
       interval_low,
       interval_high,
       rank,
       of,
       quartile,
       verdict,
       shown,
       note,
       source,
       subject_name,
       about_year
FROM commissioning_figures
WHERE organisation_code = $organisation_code AND reporting_year = $reporting_year
ORDER BY rowid
