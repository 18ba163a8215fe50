-- one row is an application or vacancy id of digits only that another TRAC delivery of its organisation writes with more
-- leading zeros, and that longer form
WITH ids AS (
  SELECT DISTINCT d.organisation_code, d.delivery_id, 'application_id' AS identifier, plain_number(r.application_id) AS written
  FROM raw_trac_applications r JOIN current_deliveries d USING (delivery_id)
  WHERE d.organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
  UNION ALL
  SELECT DISTINCT d.organisation_code, d.delivery_id, 'vacancy_reference', plain_number(r.vacancy_reference)
  FROM raw_trac_applications r JOIN current_deliveries d USING (delivery_id)
  WHERE d.organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
), several AS (
  SELECT organisation_code FROM ids GROUP BY organisation_code HAVING count(DISTINCT delivery_id) > 1
), numbers AS (
  SELECT i.organisation_code, i.delivery_id, i.identifier, i.written, ltrim(i.written, '0') AS bare
  FROM ids i JOIN several USING (organisation_code)
  WHERE regexp_matches(i.written, '^\d+$')
), longest AS (
  SELECT organisation_code, identifier, bare, max_by(written, length(written)) AS longer
  FROM numbers
  GROUP BY ALL
  HAVING count(DISTINCT written) > 1
    AND count(*) = count(DISTINCT delivery_id)  -- within one delivery 12 and 012 are two
)
SELECT DISTINCT n.organisation_code, n.identifier, n.written AS as_written, l.longer
FROM numbers n
JOIN longest l USING (organisation_code, identifier, bare)
WHERE n.written <> l.longer
ORDER BY ALL
