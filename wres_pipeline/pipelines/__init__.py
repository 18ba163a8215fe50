"""What a run does, without Dagster: which bodies a period serves, the steps and their order, gates, editions, and what
need not be done again."""
