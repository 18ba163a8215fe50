-- one row is a TRAC delivery and the one before it: how many of the earlier one's latest applications it should hold and does,
-- and how many of its ids another delivery writes with other leading zeros
WITH trac AS (
  SELECT d.organisation_code, d.delivery_id, d.period, coalesce(d.date_orders ->> 'date_applied', 'dmy') AS day_order
  FROM current_deliveries d
  WHERE d.kind = 'trac_applications' AND d.organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
), pairs AS (
  SELECT organisation_code, delivery_id, lag(delivery_id) OVER (PARTITION BY organisation_code ORDER BY period) AS earlier
  FROM trac
), ids AS (
  SELECT DISTINCT r.delivery_id, plain_number(r.application_id) AS written,
         CASE WHEN regexp_matches(plain_number(r.application_id), '^\d+$')
           THEN ltrim(plain_number(r.application_id), '0') ELSE plain_number(r.application_id) END AS bare
  FROM raw_trac_applications r JOIN trac USING (delivery_id)
  WHERE r.application_id <> ''
), vacancies AS (
  SELECT DISTINCT r.delivery_id, ltrim(plain_number(r.vacancy_reference), '0') AS vacancy,
         CASE WHEN regexp_matches(plain_number(r.application_id), '^\d+$')
           THEN ltrim(plain_number(r.application_id), '0') ELSE plain_number(r.application_id) END AS bare
  FROM raw_trac_applications r JOIN trac USING (delivery_id)
  WHERE r.vacancy_reference <> ''
)
SELECT p.delivery_id,
       -- applications of vacancies that stand in both files: the later one holds them again
       (SELECT count(DISTINCT v.bare) FROM vacancies v
        WHERE v.delivery_id = p.earlier
          AND v.vacancy IN (SELECT w.vacancy FROM vacancies w WHERE w.delivery_id = p.delivery_id)) AS before,
       (SELECT count(DISTINCT v.bare) FROM vacancies v
        WHERE v.delivery_id = p.earlier
          AND v.vacancy IN (SELECT w.vacancy FROM vacancies w WHERE w.delivery_id = p.delivery_id)
          AND v.bare IN (SELECT i.bare FROM ids i WHERE i.delivery_id = p.delivery_id)) AS again,
       (SELECT count(*) FROM ids a JOIN ids b ON b.delivery_id = p.earlier AND b.bare = a.bare AND b.written <> a.written
        WHERE a.delivery_id = p.delivery_id) AS longer
FROM pairs p
WHERE p.earlier IS NOT NULL
ORDER BY p.delivery_id
