-- one row is a delivery whose canonical rows are to be made now, with the day-month order of each of its date columns
CREATE OR REPLACE TEMP TABLE core_scope AS
SELECT d.delivery_id, d.organisation_code, d.period, d.survey_year,
       coalesce(d.reading ->> 'ethnic_list', '') AS ethnic_list,
       coalesce(d.reading ->> 'percent_scale', '') AS percent_scale,
       coalesce(d.date_orders ->> 'hire_date', 'dmy') AS hire_date_order,
       coalesce(d.date_orders ->> 'termination_date', 'dmy') AS termination_date_order,
       coalesce(d.date_orders ->> 'date_of_birth', 'dmy') AS date_of_birth_order,
       coalesce(d.date_orders ->> 'shortlisted', 'dmy') AS shortlisted_order,
       coalesce(d.date_orders ->> 'interviewed', 'dmy') AS interviewed_order,
       coalesce(d.date_orders ->> 'offered', 'dmy') AS offered_order,
       coalesce(d.date_orders ->> 'appointed', 'dmy') AS appointed_order,
       coalesce(d.date_orders ->> 'date_applied', 'dmy') AS date_applied_order,
       coalesce(d.date_orders ->> 'start_date', 'dmy') AS start_date_order,
       coalesce(d.date_orders ->> 'formal_investigation_started', 'dmy') AS formal_investigation_started_order,
       coalesce(d.date_orders ->> 'opened', 'dmy') AS opened_order,
       coalesce(d.date_orders ->> 'closed', 'dmy') AS closed_order,
       coalesce(d.date_orders ->> 'completed', 'dmy') AS completed_order,
       coalesce(d.date_orders ->> 'requested', 'dmy') AS requested_order,
       coalesce(d.date_orders ->> 'last_appraisal', 'dmy') AS last_appraisal_order,
       coalesce(d.date_orders ->> 'start', 'dmy') AS start_order,
       coalesce(d.date_orders ->> 'end', 'dmy') AS end_order
FROM deliveries d
JOIN (SELECT unnest(?::VARCHAR[]) AS delivery_id) wanted USING (delivery_id)
