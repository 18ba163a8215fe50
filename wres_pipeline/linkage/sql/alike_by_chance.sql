-- one row is an organisation with its people, how much oftener both names agree than single names would have it, and how often two
-- people's first and last names are alike by chance (300 people against 300 others, the same at every run)
WITH size AS (
  SELECT organisation_code, count(DISTINCT person_id) AS people FROM linkage_persons GROUP BY organisation_code
), squares AS (
  SELECT organisation_code, part, sum(people * (people - 1.0)) AS pairs FROM linkage_bearers GROUP BY organisation_code, part
), drawn AS (
  SELECT organisation_code, first_text, last_name, row_number() OVER (PARTITION BY organisation_code ORDER BY hash(record_id), identity) AS place
  FROM linkage_identities WHERE side = 'staff' AND first_text IS NOT NULL AND last_name IS NOT NULL
), alike AS (
  SELECT a.organisation_code,
         avg(CAST(jaro_winkler_similarity(a.first_text, b.first_text) >= $alike AND a.first_text <> b.first_text AS INTEGER)) AS first_alike,
         avg(CAST(jaro_winkler_similarity(a.last_name, b.last_name) >= $last_alike AND a.last_name <> b.last_name AS INTEGER)) AS last_alike
  FROM drawn a JOIN drawn b ON b.organisation_code = a.organisation_code AND a.place <= 300 AND b.place BETWEEN 301 AND 600
  GROUP BY a.organisation_code
)
SELECT z.organisation_code, z.people,
       greatest(1.0, coalesce(b.pairs, 0) * z.people * (z.people - 1.0)
         / nullif(coalesce(f.pairs, 0) * coalesce(l.pairs, 0), 0)) AS together,
       greatest(coalesce(a.first_alike, 0), 0.005) AS first_alike, greatest(coalesce(a.last_alike, 0), 0.002) AS last_alike
FROM size z
LEFT JOIN squares b ON b.organisation_code = z.organisation_code AND b.part = 'both'
LEFT JOIN squares f ON f.organisation_code = z.organisation_code AND f.part = 'first'
LEFT JOIN squares l ON l.organisation_code = z.organisation_code AND l.part = 'last'
LEFT JOIN alike a ON a.organisation_code = z.organisation_code
