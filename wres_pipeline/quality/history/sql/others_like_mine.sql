-- one row is a delivery of another organisation that may hold what one of this organisation holds: parameter organisation
SELECT DISTINCT o.organisation_code, o.kind, o.file_name, o.period, o.content_hash, o.rows_in
FROM deliveries d
JOIN deliveries o ON o.organisation_code <> d.organisation_code AND o.present
 AND (o.content_hash = d.content_hash OR (o.kind = d.kind AND o.rows_in = d.rows_in))
WHERE d.organisation_code = ? AND d.present
ORDER BY ALL
