-- one row is nothing here: two functions of DuckDB that read a number as a person wrote it before a spreadsheet did
CREATE OR REPLACE TEMP MACRO plain_number(written) AS
  CASE WHEN contains(written, '.') OR contains(written, '''')
    THEN regexp_replace(trim(written), '^''?\s*(\d+?)(\.0+)?''?$', '\1')
    ELSE trim(written)
  END;
CREATE OR REPLACE TEMP MACRO person_number(employee, assignment) AS
  CASE
    -- the assignment number begins with the employee number, and still has the zeros that one lost
    WHEN starts_with(plain_number(assignment), '0') AND NOT starts_with(plain_number(employee), '0')
      AND ltrim(split_part(plain_number(assignment), '-', 1), '0') = plain_number(employee)
      THEN split_part(plain_number(assignment), '-', 1)
    -- the assignment number stands in both columns
    WHEN regexp_matches(employee, '^\d+-\d+$') AND plain_number(employee) = plain_number(assignment)
      THEN split_part(plain_number(employee), '-', 1)
    ELSE plain_number(employee)
  END
