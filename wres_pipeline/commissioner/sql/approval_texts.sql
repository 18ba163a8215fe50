-- one row is a text that stands in the approved column of the year's training extracts
SELECT DISTINCT t.approved
FROM core_training t
JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
WHERE t.as_at > $period_start AND t.as_at <= $deadline
ORDER BY ALL
