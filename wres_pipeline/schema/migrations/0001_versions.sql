-- one row is nothing: a warehouse made before versions were kept needs only the tables and columns it lacks
SELECT 1
