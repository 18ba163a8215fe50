-- one row is a quarantined row of the deliveries in scope: it stays out of the canonical tables
CREATE OR REPLACE TEMP TABLE quarantined AS
SELECT DISTINCT delivery_id, row_number FROM quarantine JOIN core_scope USING (delivery_id) WHERE row_number IS NOT NULL
