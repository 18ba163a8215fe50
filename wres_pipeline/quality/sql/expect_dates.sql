-- one row is an organisation and kind: rows dated after the extract they stand in
SELECT organisation_code, about, sum(late) AS rows_after_extract
FROM (
  SELECT organisation_code, 'training completed' AS about, CAST(completed > as_at AS INTEGER) AS late FROM core_training
  UNION ALL
  SELECT organisation_code, 'formal investigations', CAST(formal_investigation_started > as_at AS INTEGER) FROM core_disciplinary_cases
  UNION ALL
  SELECT organisation_code, 'applications', CAST(date_applied > as_at AS INTEGER) FROM core_applications
  UNION ALL
  SELECT organisation_code, 'appraisals', CAST(last_appraisal > as_at AS INTEGER) FROM core_appraisals
)
WHERE list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
