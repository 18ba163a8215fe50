-- one row is described at each table
CREATE OR REPLACE TEMP TABLE linkage_found (
  -- one row an application something has been decided for so far
  organisation_code VARCHAR, application_id VARCHAR, employee_number VARCHAR,
  method VARCHAR, score DOUBLE, margin DOUBLE, band VARCHAR, explanation VARCHAR, expected DOUBLE, kind_of_names INTEGER
);
-- letters that no accent is taken off are written as their neighbours write them; signs that nobody sees split no word
CREATE OR REPLACE TEMP MACRO folded(written) AS trim(regexp_replace(upper(strip_accents(
  replace(replace(replace(replace(translate(regexp_replace(lower(written), '\p{Cf}+', '', 'g'), 'łøđðħŧŋıəʻʼ''’‘`´', 'loddhtnia'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'))), '[^\p{L}]+', ' ', 'g'));
-- the consonants of two names, alike however their vowels and the sounds of C, H, J, K, Q, V, W and Y are written
CREATE OR REPLACE TEMP MACRO consonants(first_name, last_name) AS
  translate(first_name || '|' || last_name, 'CQWAEIOUYJH', 'KKV');
