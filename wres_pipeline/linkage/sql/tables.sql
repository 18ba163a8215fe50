-- one row is described at each table
CREATE OR REPLACE TEMP TABLE linkage_found (
  -- one row an application something has been decided for so far
  organisation_code VARCHAR, application_id VARCHAR, employee_number VARCHAR,
  method VARCHAR, score DOUBLE, margin DOUBLE, band VARCHAR, explanation VARCHAR, expected DOUBLE, kind_of_names INTEGER
);
