-- one row is one of an application's best candidates, with Splink's weight in bits for each comparison and the level it met
WITH best AS (
  SELECT * FROM scored
  QUALIFY row_number() OVER (PARTITION BY unique_id_l ORDER BY match_weight DESC, unique_id_r) <= $kept
)
SELECT CAST(b.unique_id_l AS BIGINT) AS application, CAST(b.unique_id_r AS BIGINT) AS staff, b.match_weight AS weight,
       n.level AS names_level, d.level AS birth_level, i.level AS ni_level, s.level AS start_level,
       b.mw_names AS w_names, b.mw_date_of_birth AS w_date_of_birth, b.mw_ni_number AS w_ni_number,
       b.mw_email AS w_email, b.mw_postcode AS w_postcode, b.mw_start AS w_start
FROM best b
LEFT JOIN level_weights n ON n.comparison = 'names' AND abs(n.weight - b.mw_names) < 1e-6
LEFT JOIN level_weights d ON d.comparison = 'date_of_birth' AND abs(d.weight - b.mw_date_of_birth) < 1e-6
LEFT JOIN level_weights i ON i.comparison = 'ni_number' AND abs(i.weight - b.mw_ni_number) < 1e-6
LEFT JOIN level_weights s ON s.comparison = 'start' AND abs(s.weight - b.mw_start) < 1e-6
