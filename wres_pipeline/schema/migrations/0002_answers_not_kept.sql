-- one row is nothing: gender was a column of people's rows that was always empty; whether there is an answer is kept in its place
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS gender;
ALTER TABLE IF EXISTS core_staff_identities DROP COLUMN IF EXISTS gender
