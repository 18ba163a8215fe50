-- one row is an organisation of the run: its files that were refused
SELECT o.organisation_code, coalesce(string_agg(f.file_name, ', ' ORDER BY f.file_name), '') AS about,
       count(f.file_name) AS files_refused
FROM (SELECT unnest($organisations) AS organisation_code) o
LEFT JOIN folder_events f ON f.organisation_code = o.organisation_code AND f.event = 'refused'
GROUP BY ALL ORDER BY ALL
