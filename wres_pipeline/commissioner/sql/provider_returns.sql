-- one row is a figure another body published, as the newest log of a commissioner holds it
SELECT r.organisation_code, r.row_number, r.provider_code, r.provider_name, r.year, r.indicator, r.ethnic_group,
       r.percent, r.base, r.source, r.note
FROM core_provider_returns r
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
JOIN current_deliveries d USING (delivery_id)
ORDER BY r.organisation_code, r.row_number
