-- one row is an ethnic group and part of an organisation's board, counting members in post at the snapshot once
WITH members AS (
  SELECT b.organisation_code, b.member_id,
         arg_max(coalesce(b.wres_group, 'Unknown'), b.row_number) AS wres_group,
         bool_or(b.is_voting) AS is_voting, bool_or(b.is_executive) AS is_executive
  FROM core_board_members b
  JOIN (
    SELECT unnest($organisations::VARCHAR[]) AS organisation_code, unnest($dates::DATE[]) AS snapshot_date
  ) wanted USING (organisation_code, snapshot_date)
  WHERE coalesce(b.start_date, $snapshot) <= $snapshot AND coalesce(b.end_date, $snapshot) >= $snapshot
  GROUP BY ALL
)
SELECT organisation_code, wres_group, is_voting, is_executive, count(*) AS people
FROM members
GROUP BY ALL
ORDER BY ALL
