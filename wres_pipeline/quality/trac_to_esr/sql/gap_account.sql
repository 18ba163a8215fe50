-- one row is an application appointed by the date, in exactly one of the eleven states
INSERT INTO quality_gap BY NAME
WITH known AS (
  SELECT a.*, row_number() OVER (PARTITION BY organisation_code, application_id ORDER BY as_at DESC, delivery_id DESC) AS age,
         bool_or(appointed) OVER (PARTITION BY organisation_code, application_id) AS appointed_once,
         max(appointed_on) OVER (PARTITION BY organisation_code, application_id) AS last_appointed_on
  FROM core_applications a
  WHERE a.as_at <= $as_at AND list_contains($organisations, organisation_code)
), trac AS (
  SELECT * FROM known WHERE age = 1 AND appointed_once
), esr AS (
  SELECT s.*
  FROM core_staff s
  WHERE s.snapshot_date <= $as_at AND list_contains($organisations, s.organisation_code)
  QUALIFY row_number() OVER (PARTITION BY s.organisation_code, s.employee_number
                             ORDER BY s.snapshot_date DESC, s.delivery_id DESC) = 1
), latest AS (
  SELECT organisation_code, max(snapshot_date) AS staff_list FROM esr GROUP BY organisation_code
), joined AS (
  SELECT t.*, l.method, l.score, l.margin, l.explanation, l.band, l.employee_number AS nearest,
         e.employee_number AS found, e.hire_date, e.counted, e.snapshot_date AS esr_snapshot,
         e.ethnic_origin AS esr_ethnic_origin, e.ethnic_code AS esr_code, e.ethnic_state AS esr_state, e.wres_group AS esr_group,
         coalesce(t.start_date, e.hire_date, t.last_appointed_on + CAST($notice_days AS INTEGER),
                  t.date_applied + 2 * CAST($notice_days AS INTEGER)) AS starts,
         y.staff_list
  FROM trac t
  LEFT JOIN linkage_links l ON l.organisation_code = t.organisation_code AND l.as_at = $as_at
    AND l.application_id = t.application_id
  LEFT JOIN esr e ON l.band = 'automatic' AND e.organisation_code = l.organisation_code
    AND e.employee_number = l.employee_number
  LEFT JOIN latest y ON y.organisation_code = t.organisation_code
), told AS (
  SELECT *,
         coalesce(starts <= $as_at AND starts <= staff_list - CAST($normal_lag_days AS INTEGER), FALSE) AS due,
         coalesce(is_internal, FALSE)
           OR coalesce(hire_date < coalesce(date_applied, start_date - CAST($notice_days AS INTEGER)), FALSE) AS moved_inside,
         CASE
           WHEN found IS NULL THEN CASE WHEN band = 'clerical' AND ethnic_state = 'declared' THEN 'awaiting_review'
                                        WHEN band = 'clerical' THEN 'not_declared' ELSE 'not_found' END
           WHEN ethnic_state <> 'declared' THEN 'not_declared'
           WHEN esr_state = 'not_recorded' THEN 'missing_in_esr'
           WHEN esr_state = 'declined' THEN 'not_stated_in_esr'
           WHEN esr_state = 'unmapped' OR esr_group <> wres_group THEN 'conflict'
           WHEN left(esr_code, 1) = left(ethnic_code, 1) THEN 'in_sync'
           ELSE 'minor_difference'
         END AS compared
  FROM joined
), stated AS (
  SELECT *,
         CASE
           WHEN withdrawn THEN 'withdrawn'
           WHEN moved_inside THEN 'internal_mover'
           WHEN coalesce(starts > $as_at, TRUE) THEN 'not_yet_due'
           WHEN NOT due AND compared IN ('missing_in_esr', 'not_stated_in_esr', 'awaiting_review', 'not_found') THEN 'not_yet_due'
           ELSE compared
         END AS state
  FROM told
)
SELECT organisation_code, $as_at AS as_at, application_id, state,
       CASE WHEN state <> 'withdrawn' THEN found END AS employee_number,
       CASE WHEN found IS NULL THEN nearest END AS nearest_employee_number,
       method, score, margin, explanation,
       starts AS start_date, CAST(date_trunc('month', starts) AS DATE) AS start_month, NOT moved_inside AS external, due,
       ethnic_origin AS trac_ethnic_origin, ethnic_code AS trac_code, ethnic_state AS trac_state, wres_group AS trac_group, as_at AS trac_as_at,
       esr_ethnic_origin, esr_code, esr_state, esr_group, esr_snapshot, coalesce(counted, FALSE) AS counted, date_applied,
       CASE WHEN is_international THEN 'international recruitment'
            WHEN moved_inside THEN 'internal'
            WHEN source = '' THEN 'source not given' ELSE source END AS recruitment_route
FROM stated
ORDER BY organisation_code, application_id
