-- one row is a post somebody of the staff has held in a staff list up to the date, its labels folded
CREATE OR REPLACE TEMP TABLE linkage_posts AS
SELECT DISTINCT organisation_code, employee_number,
       nullif(trim(regexp_replace(lower(replace(staff_group, '&', 'and')), '[^a-z0-9]+', ' ', 'g')), '') AS staff_group,
       nullif(regexp_extract(lower(pay_scale), 'band ?([1-9][a-d]?)', 1), '') AS band,
       nullif(trim(regexp_replace(lower(coalesce(nullif(position_title, ''), job_role)), '[^a-z0-9]+', ' ', 'g')), '') AS title
FROM core_assignments
WHERE snapshot_date <= $as_at AND organisation_code IN (SELECT unnest($organisations::VARCHAR[]))
