-- one row is a pair for Splink to score, by the identities' keys as Splink composes them
SELECT '0' AS match_key, 'application-__-' || CAST(application AS VARCHAR) AS join_key_l,
       'staff-__-' || CAST(staff AS VARCHAR) AS join_key_r
FROM linkage_pairs
