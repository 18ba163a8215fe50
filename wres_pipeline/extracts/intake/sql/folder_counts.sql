-- one row is a delivery of these organisations: whether its file stands in the folder, under which name, and its place
-- among those of its period
WITH here AS (
  SELECT unnest($deliveries::VARCHAR[]) AS delivery_id, unnest($places::BIGINT[]) AS place, unnest($names::VARCHAR[]) AS name
), ranked AS (
  SELECT d.delivery_id, h.name,
         row_number() OVER (PARTITION BY d.organisation_code, d.kind, d.period, h.place IS NULL ORDER BY h.place) AS by_folder,
         row_number() OVER (PARTITION BY d.organisation_code, d.kind, d.period, h.place IS NULL ORDER BY d.sequence) AS by_ledger,
         d.organisation_code, d.kind, d.period, d.sequence, h.place IS NOT NULL AS present
  FROM deliveries d LEFT JOIN here h USING (delivery_id)
  WHERE list_contains($organisations::VARCHAR[], d.organisation_code)
), settled AS (
  SELECT f.delivery_id, f.present, f.name, CASE WHEN f.present THEN l.sequence ELSE f.sequence END AS sequence
  FROM ranked f
  JOIN ranked l ON l.organisation_code = f.organisation_code AND l.kind = f.kind
    AND l.period IS NOT DISTINCT FROM f.period AND l.present = f.present AND l.by_ledger = f.by_folder
)
UPDATE deliveries SET present = s.present, sequence = s.sequence, file_name = coalesce(s.name, deliveries.file_name)
FROM settled s WHERE s.delivery_id = deliveries.delivery_id
