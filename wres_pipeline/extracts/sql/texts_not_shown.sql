-- one row is a text of a column that no list knows and that could name a person, with the number it is called by
CREATE TABLE IF NOT EXISTS texts_not_shown (
  organisation_code VARCHAR, id INTEGER, column_name VARCHAR, text VARCHAR
)
