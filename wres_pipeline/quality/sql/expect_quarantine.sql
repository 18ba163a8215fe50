-- one row is a delivery: quarantined rows in the ledger, and the rows that stand in the quarantine
SELECT d.organisation_code, d.kind || ' ' || coalesce(CAST(d.period AS VARCHAR), '') AS about,
       d.rows_quarantined, count(DISTINCT q.row_number) AS rows_in_quarantine
FROM deliveries d
LEFT JOIN quarantine q ON q.delivery_id = d.delivery_id AND q.row_number IS NOT NULL
WHERE list_contains($organisations, d.organisation_code)
GROUP BY ALL ORDER BY ALL
