-- one row is what became, since the account before, of an application that needed or needs putting right; nobody who has
-- left the staff list is to be put right, as no staff list can ever show it
WITH before AS (
  SELECT application_id, state, esr_snapshot = max(esr_snapshot) OVER () AS on_the_list FROM quality_gap
  WHERE as_at = $earlier AND organisation_code = $organisation
), now AS (
  SELECT application_id, state, esr_snapshot = max(esr_snapshot) OVER () AS on_the_list FROM quality_gap
  WHERE as_at = $as_at AND organisation_code = $organisation
), both_accounts AS (
  SELECT coalesce(b.state, '') AS was, coalesce(n.state, '') AS is_now,
         coalesce(b.on_the_list AND b.state IN ('missing_in_esr', 'not_stated_in_esr', 'conflict'), FALSE) AS needed,
         coalesce(n.on_the_list AND n.state IN ('missing_in_esr', 'not_stated_in_esr', 'conflict'), FALSE) AS needs,
         coalesce(b.state IN ('in_sync', 'minor_difference'), FALSE) AS was_right,
         coalesce(n.state IN ('in_sync', 'minor_difference'), FALSE) AS is_right
  FROM before b
  FULL JOIN now n ON n.application_id = b.application_id
)
SELECT count(*) FILTER (WHERE needed AND is_right) AS put_right,
       count(*) FILTER (WHERE needed AND needs) AS remaining,
       count(*) FILTER (WHERE was_right AND needs) AS relapsed,
       count(*) FILTER (WHERE NOT needed AND NOT was_right AND needs) AS newly_found,
       count(*) FILTER (WHERE needed AND NOT needs AND NOT is_right) AS no_longer_looked_at
FROM both_accounts
