"""The annual job on the sample, made once a session."""

from tests.annual_run import sample_run  # noqa: F401
