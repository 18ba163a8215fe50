-- one row is an organisation: cases of the year that are in no figure, and how far back its cases reach
WITH newest AS (
  SELECT c.*
  FROM core_disciplinary_cases c
  JOIN (
    SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($deadlines::DATE[]) AS deadline
  ) wanted USING (organisation_code)
  WHERE c.as_at <= wanted.deadline
  QUALIFY rank() OVER (PARTITION BY c.organisation_code, c.case_reference ORDER BY c.as_at DESC) = 1
)
SELECT organisation_code,
       count(*) FILTER (
         WHERE case_kind = 'disciplinary' AND formal_investigation_started IS NULL
           AND opened BETWEEN $period_start AND $period_end
       ) AS informal,
       count(*) FILTER (
         WHERE coalesce(case_kind, 'unmapped') = 'unmapped'
           AND coalesce(formal_investigation_started, opened) BETWEEN $period_start AND $period_end
       ) AS unmapped,
       coalesce(min(coalesce(formal_investigation_started, opened)) < $period_start, FALSE) AS reaches_back
FROM newest
GROUP BY ALL
ORDER BY ALL
