-- one row is the date of the account before this one
SELECT max(as_at) FROM quality_gap WHERE organisation_code = $organisation AND as_at < $as_at
