-- one row is an invented member of staff as ESR holds them at the snapshot
INSERT INTO core_staff BY NAME
SELECT $organisation_code AS organisation_code, $as_at AS snapshot_date, 'synthetic' AS delivery_id, employee_number,
       CAST(hire_date AS DATE) AS hire_date, ethnic_origin, ethnic_code, ethnic_state, wres_group,
       NOT honorary AS counted, CASE WHEN honorary THEN 'honorary' ELSE '' END AS exclusion_reason
FROM linkage_new_staff
