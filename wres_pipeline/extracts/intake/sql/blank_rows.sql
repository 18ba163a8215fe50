-- one row is the number of quarantined rows of a delivery in which nothing but blank space stands
SELECT count(*) FROM quarantine
WHERE delivery_id = ?
  AND len(list_filter(json_extract_string(row_text, '$.*'), lambda x: trim(coalesce(x, '')) <> '' AND x NOT LIKE '{%')) = 0
  AND len(list_filter(coalesce(json_extract_string(row_text, '$.extra.*'), []), lambda x: trim(coalesce(x, '')) <> '')) = 0
