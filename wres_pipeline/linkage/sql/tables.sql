-- one row is described at each table
CREATE TABLE IF NOT EXISTS linkage_links (
  -- one row an appointed application and the member of staff it was linked to, or the nearest one
  organisation_code VARCHAR, as_at DATE, application_id VARCHAR, employee_number VARCHAR,
  method VARCHAR, score DOUBLE, margin DOUBLE, band VARCHAR, explanation VARCHAR
);
CREATE OR REPLACE TEMP TABLE linkage_found (
  -- one row an application something has been decided for so far
  organisation_code VARCHAR, application_id VARCHAR, employee_number VARCHAR,
  method VARCHAR, score DOUBLE, margin DOUBLE, band VARCHAR, explanation VARCHAR
);
