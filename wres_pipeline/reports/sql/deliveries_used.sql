-- one row is a delivery the figures of a return came from
SELECT delivery_id, kind, coalesce(CAST(survey_year AS VARCHAR), CAST(period AS VARCHAR), '') AS period, file_name,
       rows_in, rows_accepted, rows_quarantined
FROM deliveries
WHERE list_contains($used, delivery_id)
ORDER BY kind, period, file_name
