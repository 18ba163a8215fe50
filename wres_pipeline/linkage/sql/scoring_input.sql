-- one row is an identity that stands in a pair to be scored
WITH compared AS (
  SELECT DISTINCT CASE $side WHEN 'application' THEN application ELSE staff END AS identity FROM linkage_pairs
)
SELECT CAST(i.identity AS VARCHAR) AS unique_id, i.first_root, i.first_text, i.last_name, i.last_text, i.names,
       i.born_text, i.born_any_order, i.ni, i.email, i.postcode, i.event_date, i.is_internal
FROM linkage_identities i
JOIN compared p ON p.identity = i.identity
