-- one row is a staff list dated within ten days of the snapshot day of the year, of an organisation that has none of that day
SELECT d.organisation_code, d.file_name, d.content_hash, d.period
FROM current_deliveries d
WHERE d.kind = 'esr_staff_list' AND list_contains($organisations, d.organisation_code)
  AND d.period <> $snapshot AND abs(date_diff('day', d.period, $snapshot)) <= 10
  AND NOT EXISTS (
    SELECT 1 FROM current_deliveries s
    WHERE s.organisation_code = d.organisation_code AND s.kind = 'esr_staff_list' AND s.period = $snapshot
  )
QUALIFY row_number() OVER (PARTITION BY d.organisation_code ORDER BY abs(date_diff('day', d.period, $snapshot)), d.period) = 1
ORDER BY ALL
