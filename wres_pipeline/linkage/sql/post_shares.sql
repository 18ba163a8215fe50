-- one row is an organisation's staff group and title (blank: any title) with the share of its staff who ever held such a post
WITH sizes AS (
  SELECT organisation_code, count(DISTINCT employee_number) AS people FROM linkage_posts GROUP BY organisation_code
)
SELECT p.organisation_code, p.staff_group, coalesce(p.title, '') AS title, count(DISTINCT p.employee_number) / any_value(z.people) AS share
FROM linkage_posts p JOIN sizes z USING (organisation_code)
WHERE p.staff_group IS NOT NULL
GROUP BY GROUPING SETS ((p.organisation_code, p.staff_group, p.title), (p.organisation_code, p.staff_group))
