-- one row is a group of appointed applications: automatic links, how many of them are expected to be right, and how many people
-- expected to be in the staff lists were not linked, with the variances of both; decimals, so that the order of rows moves no digit
WITH latest AS (
  SELECT organisation_code, application_id, wres_group, string_split(coalesce(particulars_held, ''), ',') AS held, start_date
  FROM core_applications
  WHERE as_at <= $as_at AND list_contains($organisations, organisation_code)
  QUALIFY row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY as_at DESC, delivery_id DESC) = 1
), judged AS (
  SELECT l.organisation_code, l.band = 'automatic' AS linked, a.wres_group, l.kind_of_names,
         CAST(CASE WHEN l.method IN ('splink', 'whole_body') THEN l.score ELSE 1 - $strict_wrong END AS DECIMAL(12, 9)) AS sure,
         CAST(CASE WHEN l.band = 'automatic' THEN 0 ELSE coalesce(l.expected, l.score, 0) END AS DECIMAL(12, 9)) AS missed,
         coalesce(nullif(concat_ws(', ', CASE WHEN NOT list_contains(a.held, 'ni_number') THEN 'NI number' END,
                          CASE WHEN NOT list_contains(a.held, 'date_of_birth') THEN 'date of birth' END, CASE WHEN NOT list_contains(a.held, 'email') THEN 'email' END,
                          CASE WHEN NOT list_contains(a.held, 'postcode') THEN 'postcode' END, CASE WHEN a.start_date IS NULL THEN 'start date' END), ''),
                  'nothing') AS lacking
  FROM linkage_links l
  JOIN latest a ON a.organisation_code = l.organisation_code AND a.application_id = l.application_id
  WHERE l.as_at = $as_at AND list_contains($organisations, l.organisation_code)
), grouped AS (
  SELECT organisation_code, 'all' AS breakdown, '' AS value, linked, sure, missed FROM judged
  UNION ALL SELECT organisation_code, 'ethnic_group', wres_group, linked, sure, missed FROM judged
  UNION ALL SELECT organisation_code, 'lacking', lacking, linked, sure, missed FROM judged
  UNION ALL SELECT organisation_code, 'kind_of_names', 'kind ' || kind_of_names, linked, sure, missed FROM judged WHERE kind_of_names IS NOT NULL
)
SELECT organisation_code, breakdown, value, count(*) AS applications, count(*) FILTER (WHERE linked) AS linked,
       CAST(coalesce(sum(sure) FILTER (WHERE linked), 0) AS DOUBLE) AS right_ones, CAST(sum(missed) AS DOUBLE) AS missed,
       CAST(coalesce(sum(sure * (1 - sure)) FILTER (WHERE linked), 0) AS DOUBLE) AS right_variance,
       CAST(sum(missed * (1 - least(1, missed))) AS DOUBLE) AS missed_variance
FROM grouped
GROUP BY organisation_code, breakdown, value
ORDER BY organisation_code, breakdown, value
