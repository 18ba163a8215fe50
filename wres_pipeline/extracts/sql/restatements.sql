-- one row is a period delivered again: what moved between two deliveries that follow each other
CREATE TABLE IF NOT EXISTS restatements (
  organisation_code VARCHAR, kind VARCHAR, period DATE, earlier_delivery VARCHAR, later_delivery VARCHAR,
  noticed_at TIMESTAMP, key VARCHAR, rows_before BIGINT, rows_after BIGINT, keys_before BIGINT, keys_after BIGINT,
  added BIGINT, gone BIGINT, changed BIGINT, changed_ethnicity BIGINT, changed_group BIGINT, changed_band BIGINT,
  PRIMARY KEY (earlier_delivery, later_delivery)
)
