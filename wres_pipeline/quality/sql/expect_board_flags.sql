-- one row is an organisation: board members whose voting or executive flag cannot be read
SELECT organisation_code, '' AS about,
       count(*) FILTER (WHERE is_voting IS NULL OR is_executive IS NULL) AS members_without_flag
FROM core_board_members
WHERE snapshot_date = $snapshot AND list_contains($organisations, organisation_code)
GROUP BY ALL ORDER BY ALL
