-- one row is described at each table; canonical, typed, derived from raw and rebuilt from it at any time
CREATE TABLE IF NOT EXISTS core_built (
  -- one row a delivery whose canonical rows stand in the core tables, and the rules they were made with
  delivery_id VARCHAR, core_table VARCHAR, rules VARCHAR, PRIMARY KEY (delivery_id, core_table)
);
CREATE TABLE IF NOT EXISTS core_assignments (
  -- one row an assignment in one staff list; exclusion_reason is empty for an assignment a person is counted by
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, snapshot_date DATE,
  employee_number VARCHAR, assignment_number VARCHAR, is_primary BOOLEAN,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR,
  staff_group VARCHAR, cluster VARCHAR, pay_scale VARCHAR, band VARCHAR,
  job_role VARCHAR, position_title VARCHAR, senior_medical_manager BOOLEAN,
  assignment_category VARCHAR, assignment_status VARCHAR, payroll_name VARCHAR, site VARCHAR,
  fte DOUBLE, hire_date DATE, termination_date DATE,
  exclusion_reason VARCHAR, chosen BOOLEAN, primaries BIGINT
);
CREATE TABLE IF NOT EXISTS core_staff_identities (
  -- one row a person in one staff list: what linkage compares (restricted)
  organisation_code VARCHAR, snapshot_date DATE, delivery_id VARCHAR, employee_number VARCHAR,
  first_name VARCHAR, last_name VARCHAR, date_of_birth DATE, ni_number VARCHAR, email VARCHAR,
  postcode VARCHAR, gender VARCHAR, hire_date DATE,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR,
  counted BOOLEAN, exclusion_reason VARCHAR
);
CREATE TABLE IF NOT EXISTS core_applications (
  -- one row an application as one TRAC delivery shows it
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, as_at DATE, application_id VARCHAR,
  vacancy_reference VARCHAR, vacancy_title VARCHAR, staff_group VARCHAR, pay_scale VARCHAR,
  applicant_first_name VARCHAR, applicant_last_name VARCHAR, date_of_birth DATE, email VARCHAR,
  postcode VARCHAR, ni_number VARCHAR, gender VARCHAR,
  date_applied DATE, stage VARCHAR, shortlisted BOOLEAN, interviewed BOOLEAN, offered BOOLEAN,
  appointed BOOLEAN, appointed_on DATE, withdrawn BOOLEAN, reference_date DATE, start_date DATE,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR,
  is_internal BOOLEAN, is_international BOOLEAN, source VARCHAR, stage_known BOOLEAN
);
CREATE TABLE IF NOT EXISTS core_recruitment_summary (
  -- one row a stage and ethnic group of an aggregate TRAC report
  delivery_id VARCHAR, organisation_code VARCHAR, as_at DATE, stage VARCHAR,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR, applications BIGINT
);
CREATE TABLE IF NOT EXISTS core_disciplinary_cases (
  -- one row an employee-relations case as one delivery shows it
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, as_at DATE, case_reference VARCHAR,
  employee_number VARCHAR, case_type VARCHAR, case_kind VARCHAR, formal_investigation_started DATE,
  opened DATE, closed DATE, stage VARCHAR, outcome VARCHAR,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR
);
CREATE TABLE IF NOT EXISTS core_training (
  -- one row a course of one person, completed or only asked for
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, as_at DATE, employee_number VARCHAR,
  course VARCHAR, is_mandatory BOOLEAN, completed DATE, requested DATE, approved VARCHAR
);
CREATE TABLE IF NOT EXISTS core_appraisals (
  -- one row a person's last appraisal as one delivery shows it
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, as_at DATE, employee_number VARCHAR,
  last_appraisal DATE
);
CREATE TABLE IF NOT EXISTS core_survey_results (
  -- one row a published percentage of one question and group; ethnic_group is empty for all staff
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, survey_year INTEGER, question VARCHAR,
  ethnic_group VARCHAR, group_label VARCHAR, percent DOUBLE, base BIGINT, measure VARCHAR
);
CREATE TABLE IF NOT EXISTS core_survey_respondents (
  -- one row an answer of one respondent to one question
  delivery_id VARCHAR, organisation_code VARCHAR, survey_year INTEGER, respondent BIGINT,
  wres_group VARCHAR, question VARCHAR, answer VARCHAR
);
CREATE TABLE IF NOT EXISTS core_board_members (
  -- one row a spell of one board member
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, snapshot_date DATE, member_id VARCHAR,
  role VARCHAR, is_voting BOOLEAN, is_executive BOOLEAN, start_date DATE, end_date DATE,
  ethnic_origin VARCHAR, ethnic_code VARCHAR, ethnic_state VARCHAR, wres_group VARCHAR
);
CREATE TABLE IF NOT EXISTS core_provider_returns (
  -- one row a figure another body published, as the commissioner's log holds it
  delivery_id VARCHAR, row_number BIGINT, organisation_code VARCHAR, provider_code VARCHAR,
  provider_name VARCHAR, year INTEGER, indicator VARCHAR, ethnic_group VARCHAR, percent DOUBLE,
  base BIGINT, source VARCHAR, note VARCHAR
);
CREATE OR REPLACE VIEW core_workforce AS
  -- one row a person per organisation and staff list
  SELECT organisation_code, snapshot_date, employee_number, assignment_number,
         ethnic_origin, ethnic_code, ethnic_state, wres_group, staff_group, cluster, band,
         job_role, senior_medical_manager, site, hire_date, termination_date,
         exclusion_reason = '' AS counted, exclusion_reason, primaries, delivery_id
  FROM core_assignments WHERE chosen;
