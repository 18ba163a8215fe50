-- one row is a reason for which people of the staff list are outside an organisation's workforce
SELECT w.organisation_code, w.exclusion_reason, count(*) AS people
FROM core_workforce w
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE w.snapshot_date = $snapshot AND NOT w.counted
GROUP BY ALL
ORDER BY ALL
