-- one row is an organisation's latest TRAC delivery of the year: applications shortlisted in the year, and those appointed
WITH latest AS (
  SELECT * FROM current_deliveries
  WHERE kind = 'trac_applications' AND list_contains($organisations, organisation_code)
    AND period > $period_start AND period <= $deadline
  QUALIFY row_number() OVER (PARTITION BY organisation_code ORDER BY period DESC) = 1
)
SELECT l.organisation_code, l.file_name, l.content_hash, l.period, count(*) FILTER (WHERE a.shortlisted) AS shortlisted,
       count(*) FILTER (WHERE a.appointed) AS appointed
FROM latest l
JOIN core_applications a ON a.delivery_id = l.delivery_id
WHERE a.reference_date BETWEEN $period_start AND $period_end
GROUP BY ALL ORDER BY ALL
