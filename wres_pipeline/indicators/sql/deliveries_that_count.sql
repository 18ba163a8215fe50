-- one row is a delivery that counts, of the organisations asked for
SELECT d.organisation_code, d.kind, d.period, d.survey_year, d.delivery_id
FROM current_deliveries d
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
ORDER BY ALL
