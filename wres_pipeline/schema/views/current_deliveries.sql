-- one row is a delivery that counts: the latest of its organisation, kind and period
CREATE OR REPLACE VIEW current_deliveries AS
SELECT * FROM deliveries
QUALIFY row_number() OVER (PARTITION BY organisation_code, kind, period ORDER BY sequence DESC) = 1
