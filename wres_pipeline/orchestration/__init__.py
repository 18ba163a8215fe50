"""The only room that knows Dagster: assets, checks, resources, partitions, jobs, schedules and sensors."""
