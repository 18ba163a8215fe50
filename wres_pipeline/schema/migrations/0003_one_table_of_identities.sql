-- one row is nothing: who people are stood in rows that figures read; the rows are made anew by the next run, and who they are in core_identities
ALTER TABLE IF EXISTS core_staff_identities RENAME TO core_staff;
ALTER TABLE IF EXISTS core_staff DROP COLUMN IF EXISTS first_name;
ALTER TABLE IF EXISTS core_staff DROP COLUMN IF EXISTS last_name;
ALTER TABLE IF EXISTS core_staff DROP COLUMN IF EXISTS date_of_birth;
ALTER TABLE IF EXISTS core_staff DROP COLUMN IF EXISTS ni_number;
ALTER TABLE IF EXISTS core_staff DROP COLUMN IF EXISTS email;
ALTER TABLE IF EXISTS core_staff DROP COLUMN IF EXISTS postcode;
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS applicant_first_name;
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS applicant_last_name;
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS date_of_birth;
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS ni_number;
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS email;
ALTER TABLE IF EXISTS core_applications DROP COLUMN IF EXISTS postcode;
CREATE TABLE IF NOT EXISTS core_built (delivery_id VARCHAR, core_table VARCHAR, rules VARCHAR, PRIMARY KEY (delivery_id, core_table));
UPDATE core_built SET rules = '' WHERE core_table IN ('core_staff_identities', 'core_applications');
UPDATE core_built SET core_table = 'core_staff' WHERE core_table = 'core_staff_identities'
