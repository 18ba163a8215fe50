-- one row is a figure another body published, as the commissioner logged it
INSERT INTO core_provider_returns
SELECT r.delivery_id, r.row_number, d.organisation_code, r.provider_code, coalesce(r.provider_name, ''),
       TRY_CAST(r.year AS INTEGER), r.indicator, coalesce(r.ethnic_group, ''),
       TRY_CAST(rtrim(trim(r.percent), '%') AS DOUBLE), TRY_CAST(replace(r.base, ',', '') AS BIGINT),
       coalesce(r.source, ''), coalesce(r.note, '')
FROM raw_provider_returns r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
