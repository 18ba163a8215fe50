-- one row is a delivery's entry in the ledger; the parameters are the columns, a list each
INSERT INTO deliveries (
  delivery_id, content_hash, kind, organisation_code, period, survey_year, file_name, sheet, loaded_at, sequence,
  rows_in, rows_accepted, rows_quarantined, date_orders, reading
)
SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),
       unnest(?::DATE[]), unnest(?::INTEGER[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),
       unnest(?::TIMESTAMP[]), unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::BIGINT[]),
       unnest(?::BIGINT[]), unnest(?::JSON[]), unnest(?::JSON[])
