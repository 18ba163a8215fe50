-- one row is a figure kept before figures had flags: what its note stood for stands in a field
CREATE TABLE IF NOT EXISTS figures (note VARCHAR);
ALTER TABLE figures ADD COLUMN IF NOT EXISTS flags VARCHAR;
UPDATE figures SET flags = 'holds_unplaced_people' WHERE note LIKE 'Holds people%';
