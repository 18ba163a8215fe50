-- one row is the count of decisions whose application and member of staff are both known
SELECT count(*)
FROM linkage_decisions d
JOIN linkage_applications a ON a.organisation_code = d.organisation_code AND a.application_id = d.application_id
JOIN linkage_persons p ON p.organisation_code = d.organisation_code AND p.employee_number = d.employee_number
