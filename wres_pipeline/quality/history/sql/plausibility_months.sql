-- one row is a month and kind of extract of an organisation: applications, courses or cases dated in it
WITH used AS (
  SELECT * FROM current_deliveries
  WHERE kind IN ('trac_applications', 'training', 'employee_relations') AND list_contains($organisations, organisation_code)
    AND period > $period_start AND period <= $deadline
), dated AS (
  SELECT u.organisation_code, u.kind, a.application_id AS thing, a.reference_date AS day
  FROM core_applications a JOIN used u USING (delivery_id)
  UNION ALL
  SELECT u.organisation_code, u.kind, concat_ws('|', t.employee_number, t.course, t.completed), coalesce(t.completed, t.requested)
  FROM core_training t JOIN used u USING (delivery_id)
  UNION ALL
  SELECT u.organisation_code, u.kind, c.case_reference, coalesce(c.formal_investigation_started, c.opened)
  FROM core_disciplinary_cases c JOIN used u USING (delivery_id)
), files AS (
  SELECT organisation_code, kind, max_by(file_name, sequence) AS file_name, max_by(content_hash, sequence) AS content_hash,
         max(period) AS period, min(sequence) AS sequence
  FROM used GROUP BY ALL
)
SELECT f.organisation_code, f.kind, f.file_name, f.content_hash, f.period,
       CAST(date_trunc('month', d.day) AS DATE) AS month, count(DISTINCT d.thing) AS things
FROM files f LEFT JOIN dated d USING (organisation_code, kind)
GROUP BY ALL ORDER BY ALL
