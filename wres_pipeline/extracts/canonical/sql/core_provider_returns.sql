-- one row is a figure another body published, as the commissioner logged it
INSERT INTO core_provider_returns BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, r.provider_code, coalesce(r.provider_name, '') AS provider_name,
       TRY_CAST(r.year AS INTEGER) AS year, r.indicator, coalesce(r.ethnic_group, '') AS ethnic_group,
       TRY_CAST(rtrim(trim(r.percent), '%') AS DOUBLE) AS percent, TRY_CAST(replace(r.base, ',', '') AS BIGINT) AS base,
       coalesce(r.source, '') AS source, coalesce(r.note, '') AS note
FROM raw_provider_returns r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
