-- one row is, in linkage_links, an appointed application and the member of staff it was linked to, or the nearest one
CREATE TABLE IF NOT EXISTS linkage_links (
  organisation_code VARCHAR, as_at DATE, application_id VARCHAR, employee_number VARCHAR,
  method VARCHAR, score DOUBLE, margin DOUBLE, band VARCHAR, explanation VARCHAR
);
CREATE OR REPLACE TEMP TABLE linkage_found (
  organisation_code VARCHAR, application_id VARCHAR, employee_number VARCHAR,
  method VARCHAR, score DOUBLE, margin DOUBLE, band VARCHAR, explanation VARCHAR
);
