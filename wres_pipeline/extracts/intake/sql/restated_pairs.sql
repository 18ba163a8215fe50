-- one row is two deliveries of one organisation, kind and period that follow each other and are not compared yet
WITH ordered AS (
  SELECT *, lead(delivery_id) OVER (PARTITION BY organisation_code, kind, period ORDER BY sequence) AS later_delivery
  FROM deliveries
)
SELECT o.organisation_code, o.kind, o.period, o.delivery_id, o.later_delivery,
       o.rows_accepted, l.rows_accepted
FROM ordered o
JOIN deliveries l ON l.delivery_id = o.later_delivery
LEFT JOIN restatements r ON r.earlier_delivery = o.delivery_id AND r.later_delivery = o.later_delivery
WHERE r.later_delivery IS NULL
ORDER BY l.sequence
