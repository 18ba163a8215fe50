-- one row is an organisation: people of the workforce, and those who declared their ethnicity
SELECT organisation_code, '' AS about, count(*) AS people,
       count(*) FILTER (WHERE ethnic_state = 'declared') AS declared
FROM core_workforce
WHERE snapshot_date = $snapshot AND counted AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
