-- one row is a person per organisation and staff list
CREATE OR REPLACE VIEW core_workforce AS
SELECT organisation_code, snapshot_date, employee_number, assignment_number,
       ethnic_origin, ethnic_code, ethnic_state, wres_group, staff_group, cluster, band,
       job_role, senior_medical_manager, site, hire_date, termination_date,
       exclusion_reason = '' AS counted, exclusion_reason, primaries, delivery_id
FROM core_assignments WHERE chosen
