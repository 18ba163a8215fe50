-- one row is a typed count of the year, of the newest delivery of each organisation
SELECT c.organisation_code, d.delivery_id, c.indicator, c.measure, c.cluster, c.band, c.ethnic_group, c.people
FROM core_wres_counts c
JOIN current_deliveries d USING (delivery_id)
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted ON wanted.organisation_code = c.organisation_code
WHERE c.reporting_year = $year
ORDER BY c.organisation_code, c.delivery_id, c.row_number
