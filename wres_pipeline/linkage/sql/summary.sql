-- one row is an organisation, a method and a band, with the applications linked so
SELECT organisation_code, method, band, count(*) AS applications
FROM linkage_found
GROUP BY organisation_code, method, band
ORDER BY organisation_code, method, band
