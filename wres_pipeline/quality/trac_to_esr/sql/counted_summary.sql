-- one row is an organisation's latest summary of appointed applicants by ethnic group: how many, and how many declared
SELECT organisation_code, sum(applications) AS appointed, sum(applications) FILTER (WHERE ethnic_state = 'declared') AS declared
FROM core_recruitment_summary s
WHERE as_at <= $as_at AND list_contains($organisations, organisation_code) AND lower(trim(stage)) IN ('appointed', 'hired', 'started', 'starting')
  AND (organisation_code, as_at) IN (SELECT organisation_code, max(as_at) FROM core_recruitment_summary WHERE as_at <= $as_at GROUP BY organisation_code)
GROUP BY organisation_code
