-- one row is described at each table: what was delivered, and what of it could not be used
CREATE TABLE IF NOT EXISTS deliveries (
  -- one row a file landed; delivery_id is made of content, kind, organisation and period, so it never changes
  delivery_id VARCHAR PRIMARY KEY, content_hash VARCHAR, kind VARCHAR, organisation_code VARCHAR,
  period DATE, survey_year INTEGER, file_name VARCHAR, sheet VARCHAR, loaded_at TIMESTAMP, sequence BIGINT,
  rows_in BIGINT, rows_accepted BIGINT, rows_quarantined BIGINT, date_orders JSON, reading JSON,
  present BOOLEAN DEFAULT TRUE
);
ALTER TABLE deliveries ADD COLUMN IF NOT EXISTS present BOOLEAN DEFAULT TRUE;
CREATE TABLE IF NOT EXISTS quarantine (
  -- one row a reason for which a row cannot be used; row_number is that of the raw table
  delivery_id VARCHAR, row_number BIGINT, sheet VARCHAR, column_name VARCHAR, shape VARCHAR,
  reason VARCHAR, remedy VARCHAR, row_text JSON
);
CREATE OR REPLACE VIEW current_deliveries AS
  -- one row a delivery that counts: its file stands in the folder, and is the last of its organisation, kind and period
  SELECT * FROM deliveries WHERE present
  QUALIFY row_number() OVER (PARTITION BY organisation_code, kind, period ORDER BY sequence DESC) = 1;
