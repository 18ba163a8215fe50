-- one row is an application a reviewer decided: same (once) links it, unsure or two different sames leave it with a person
INSERT INTO linkage_found BY NAME
WITH known AS (
  SELECT d.organisation_code, d.application_id, d.employee_number, d.decision
  FROM linkage_decisions d
  JOIN linkage_applications a ON a.organisation_code = d.organisation_code AND a.application_id = d.application_id
  JOIN linkage_persons p ON p.organisation_code = d.organisation_code AND p.employee_number = d.employee_number
  WHERE d.decision IN ('same', 'unsure')
), counted AS (
  SELECT *, count(*) FILTER (WHERE decision = 'same') OVER (PARTITION BY organisation_code, application_id) AS sames,
         row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY decision, employee_number) AS place
  FROM known
)
SELECT organisation_code, application_id, employee_number, 'reviewer' AS method, 1.0 AS score, NULL AS margin,
       CASE WHEN sames = 1 THEN 'automatic' ELSE 'clerical' END AS band,
       '{"reviewer":"' || CASE WHEN sames > 1 THEN 'contradictory' ELSE decision END || '"}' AS explanation
FROM counted
WHERE place = 1
