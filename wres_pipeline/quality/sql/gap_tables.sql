-- one row is described at each table
CREATE TABLE IF NOT EXISTS quality_gap (
  -- one row an appointed application, in one state (restricted)
  organisation_code VARCHAR, as_at DATE, application_id VARCHAR, state VARCHAR,
  employee_number VARCHAR, nearest_employee_number VARCHAR, method VARCHAR, score DOUBLE, margin DOUBLE, explanation VARCHAR,
  start_date DATE, start_month DATE, external BOOLEAN, due BOOLEAN,
  trac_ethnic_origin VARCHAR, trac_code VARCHAR, trac_state VARCHAR, trac_group VARCHAR, trac_as_at DATE,
  esr_ethnic_origin VARCHAR, esr_code VARCHAR, esr_state VARCHAR, esr_group VARCHAR, esr_snapshot DATE,
  counted BOOLEAN, date_applied DATE, recruitment_route VARCHAR
);
CREATE TABLE IF NOT EXISTS quality_gap_closed (
  -- one row a person whose ethnicity ESR lacks and TRAC holds (restricted)
  organisation_code VARCHAR, as_at DATE, employee_number VARCHAR,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR
);
