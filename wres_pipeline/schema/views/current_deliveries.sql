-- one row is a delivery that counts: its file stands in the folder, and is the last of its organisation, kind and period
CREATE OR REPLACE VIEW current_deliveries AS
SELECT * FROM deliveries WHERE present
QUALIFY row_number() OVER (PARTITION BY organisation_code, kind, period ORDER BY sequence DESC) = 1
