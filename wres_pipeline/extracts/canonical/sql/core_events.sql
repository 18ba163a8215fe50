-- one row is something that happened to one person, as one delivery of an extract that tells the person and the day shows it
INSERT INTO core_events BY NAME
SELECT r.delivery_id, r.row_number, d.organisation_code, d.period AS as_at, r.kind,
       coalesce(e.employee_number, plain_number(r.employee_number)) AS employee_number, t.value AS happened
FROM event_rows r
JOIN core_scope d USING (delivery_id)
LEFT JOIN quarantined q ON q.delivery_id = r.delivery_id AND q.row_number = r.row_number
LEFT JOIN text_date t ON t.day_order = r.day_order AND t.text = r.text
LEFT JOIN employee_number_of e ON e.organisation_code = d.organisation_code AND e.as_written = plain_number(r.employee_number)
WHERE q.row_number IS NULL
ORDER BY r.delivery_id, r.row_number
