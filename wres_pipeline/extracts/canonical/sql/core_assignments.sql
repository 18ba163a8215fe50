-- one row is an assignment in a staff list, with what its labels mean and whether its person is counted by it
INSERT INTO core_assignments BY NAME
WITH labelled AS (
  SELECT r.*, person_number(r.employee_number, r.assignment_number) AS person, plain_number(r.assignment_number) AS post,
         d.organisation_code, d.period AS snapshot_date,
         e.code AS ethnic_code, e.state AS ethnic_state, e.wres_group,
         p.cluster, p.band, s.senior,
         coalesce(f.value, FALSE) AS primary_flag,
         h.value AS hired, t.value AS terminated,
         CASE
           WHEN c.reason <> '' THEN c.reason
           WHEN y.reason <> '' THEN y.reason
           WHEN st.reason <> '' OR t.value < d.period THEN 'leaver'
           WHEN h.value > d.period THEN 'not yet started'
           ELSE ''
         END AS row_reason,
         TRY_CAST(replace(r.fte, ',', '') AS DOUBLE) AS fte_value
  FROM raw_esr_staff_list r
  JOIN core_scope d USING (delivery_id)
  LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
  LEFT JOIN label_ethnicity e ON e.organisation_code = d.organisation_code AND e.ethnic_list = d.ethnic_list AND e.text = coalesce(r.ethnic_origin, '')
  LEFT JOIN label_placement p ON p.organisation_code = d.organisation_code
    AND p.text = coalesce(r.staff_group, '') AND p.text_2 = coalesce(r.pay_scale, '')
  LEFT JOIN label_senior s ON s.text = coalesce(r.job_role, '') AND s.text_2 = coalesce(r.position_title, '')
  LEFT JOIN label_category c ON c.organisation_code = d.organisation_code AND c.text = coalesce(r.assignment_category, '')
  LEFT JOIN label_status st ON st.organisation_code = d.organisation_code AND st.text = coalesce(r.assignment_status, '')
  LEFT JOIN label_payroll y ON y.organisation_code = d.organisation_code AND y.text = coalesce(r.payroll_name, '')
  LEFT JOIN text_flag f ON f.organisation_code = d.organisation_code AND f.column_name = 'is_primary' AND f.text = coalesce(r.is_primary, '')
  LEFT JOIN text_date h ON h.day_order = d.hire_date_order AND h.text = r.hire_date
  LEFT JOIN text_date t ON t.day_order = d.termination_date_order AND t.text = r.termination_date
  WHERE q.row_number IS NULL
), ranked AS (
  SELECT *,
         row_number() OVER (
           PARTITION BY delivery_id, person
           ORDER BY row_reason <> '', primary_flag DESC, fte_value DESC NULLS LAST, post, row_number
         ) AS place,
         count(*) FILTER (WHERE primary_flag) OVER (PARTITION BY delivery_id, person) AS primaries
  FROM labelled
)
SELECT delivery_id, row_number, organisation_code, snapshot_date, person AS employee_number, post AS assignment_number, primary_flag AS is_primary,
       coalesce(ethnic_origin, '') AS ethnic_origin, ethnic_code, ethnic_state, wres_group,
       coalesce(staff_group, '') AS staff_group, cluster, coalesce(pay_scale, '') AS pay_scale, band, coalesce(job_role, '') AS job_role, coalesce(position_title, '') AS position_title, senior AS senior_medical_manager,
       coalesce(assignment_category, '') AS assignment_category, coalesce(assignment_status, '') AS assignment_status, coalesce(payroll_name, '') AS payroll_name,
       coalesce(nullif(org_l4, ''), nullif(org_l3, ''), nullif(org_l2, ''), '') AS site,
       fte_value AS fte, hired AS hire_date, terminated AS termination_date,
       CASE WHEN row_reason <> '' THEN row_reason WHEN place > 1 THEN 'second assignment' ELSE '' END AS exclusion_reason,
       place = 1 AS chosen, primaries
FROM ranked
ORDER BY delivery_id, row_number
