-- one row is a kind of extract an organisation delivered in the year or before its return was due
SELECT DISTINCT d.organisation_code, d.kind
FROM current_deliveries d
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE d.period > $period_start AND d.period <= $deadline
ORDER BY ALL
