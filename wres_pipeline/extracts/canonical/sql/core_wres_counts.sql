-- one row is a count of one item and ethnic group, of the year the file is named by
INSERT INTO core_wres_counts BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, year(d.period)::INTEGER AS reporting_year, trim(r.indicator) AS indicator,
       lower(trim(r.measure)) AS measure, coalesce(trim(r.cluster), '') AS cluster, coalesce(trim(r.band), '') AS band,
       trim(r.ethnic_group) AS ethnic_group, n.value AS people
FROM raw_wres_counts r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
JOIN text_number n ON n.text = r.value
WHERE q.row_number IS NULL
  AND n.value >= 0
  AND lower(coalesce(nullif(trim(r.unit), ''), 'people')) = 'people'
  AND coalesce(TRY_CAST(r.reporting_year AS INTEGER), year(d.period)) = year(d.period)
  AND r.ethnic_group IN ('White', 'BME', 'Unknown')
ORDER BY r.delivery_id, r.row_number
