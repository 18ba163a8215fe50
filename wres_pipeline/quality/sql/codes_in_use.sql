-- one row is a national code in use at the latest staff list (blank: none), how it stands, and the people who have it
WITH lists AS (
  SELECT organisation_code, max(snapshot_date) AS snapshot_date
  FROM core_workforce
  WHERE snapshot_date <= $as_at AND list_contains($organisations, organisation_code)
  GROUP BY organisation_code
)
SELECT w.organisation_code, coalesce(left(w.ethnic_code, 1), '') AS code,
       CASE WHEN w.ethnic_state = 'unmapped' THEN 'unmapped'
            WHEN regexp_full_match(w.ethnic_code, '[0-9]') THEN 'legacy'
            WHEN w.ethnic_code = '99' THEN 'not_known'
            WHEN w.ethnic_state = 'not_recorded' AND coalesce(trim(w.ethnic_origin), '') = '' THEN 'blank'
            WHEN w.ethnic_state = 'not_recorded' THEN 'unspecified'
            WHEN w.ethnic_state = 'declined' THEN 'not_stated'
            WHEN w.ethnic_code IS NULL THEN 'group_only'
            ELSE 'category' END AS kind,
       count(*) AS people, count(DISTINCT w.ethnic_origin) AS texts
FROM core_workforce w
JOIN lists l ON l.organisation_code = w.organisation_code AND l.snapshot_date = w.snapshot_date
WHERE w.counted
GROUP BY ALL
ORDER BY ALL
