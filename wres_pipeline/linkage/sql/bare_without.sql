-- one row is a class of applicants, in order, with how many of one body's no comparison brings near anybody of the staff
SELECT count(b.applicant)
FROM range($classes) c(class)
LEFT JOIN (SELECT DISTINCT class, applicant, organisation_code FROM linkage_bare
           ANTI JOIN linkage_bare_pairs p ON p.organisation_code = linkage_bare.organisation_code AND p.application = linkage_bare.applicant) b
  ON b.class = c.class AND b.organisation_code = $code
GROUP BY c.class
ORDER BY c.class
