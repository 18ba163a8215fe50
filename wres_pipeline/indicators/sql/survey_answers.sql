-- one row is an indicator, ethnic group and answer of an organisation's respondents; 6 counts a person who met either
WITH meaning AS (
  SELECT unnest($questions::VARCHAR[]) AS question, unnest($answers::VARCHAR[]) AS answer,
         unnest($indicators::VARCHAR[]) AS indicator, unnest($parts::VARCHAR[]) AS part,
         unnest($means::VARCHAR[]) AS means
), answered AS (
  SELECT r.organisation_code, r.delivery_id, r.respondent, coalesce(r.wres_group, 'Unknown') AS wres_group,
         m.indicator, m.part, m.means
  FROM core_survey_respondents r
  JOIN (SELECT unnest($organisations::VARCHAR[]) AS organisation_code) wanted USING (organisation_code)
  JOIN meaning m ON m.question = r.question AND m.answer = r.answer
  WHERE r.survey_year = $survey_year
), of_either AS (
  SELECT organisation_code, delivery_id, respondent, wres_group, indicator,
         CASE WHEN bool_or(means = 'yes') THEN 'yes' WHEN bool_or(means = 'no') THEN 'no' ELSE 'dont_know' END AS means
  FROM answered
  WHERE part <> ''
  GROUP BY ALL
)
SELECT organisation_code, indicator, wres_group, means, count(*) AS respondents
FROM (
  SELECT organisation_code, indicator, wres_group, means FROM answered WHERE part = ''
  UNION ALL
  SELECT organisation_code, indicator, wres_group, means FROM of_either
) counted
GROUP BY ALL
ORDER BY ALL
