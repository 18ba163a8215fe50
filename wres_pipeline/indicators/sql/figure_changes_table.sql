-- one row is a figure that two years have, with what its change is
CREATE TABLE IF NOT EXISTS figure_changes (
  organisation_code VARCHAR, reporting_year INTEGER, earlier_year INTEGER, indicator VARCHAR, measure VARCHAR,
  cluster VARCHAR, band VARCHAR, ethnic_group VARCHAR, unit VARCHAR,
  earlier_value DOUBLE, value DOUBLE, change DOUBLE,
  definition_part DOUBLE, population_part DOUBLE, remaining_part DOUBLE,
  kind VARCHAR, p DOUBLE, test VARCHAR,
  earlier_shown VARCHAR, earlier_restated_shown VARCHAR, shown VARCHAR,
  words VARCHAR, public_words VARCHAR, headline BOOLEAN,
  earlier_basis VARCHAR, basis VARCHAR, rule_version VARCHAR
)
