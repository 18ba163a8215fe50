-- one row is a kind of extract of which a delivery can hold something of the year
SELECT DISTINCT kind
FROM current_deliveries
WHERE organisation_code = $organisation AND period > $begins AND period <= $due
ORDER BY kind
