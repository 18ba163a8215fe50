"""Ctrl+C stops a run also where a library has turned it into an error of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from wres_pipeline.pipelines import performing


@pytest.fixture(autouse=True)
def _the_key_raises_as_it_does_in_a_terminal() -> Iterator[None]:
    """A shell starts what runs in the background with this signal ignored, and the suite may be started so."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_that_was_swallowed_still_stops_the_run_until_the_watch_ends() -> None:
    with performing.watched():
        performing.stop_if_asked()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                performing.stop_if_asked()
    performing.stop_if_asked()


def test_a_watch_begins_without_the_interrupt_of_the_one_before() -> None:
    with performing.watched(), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    with performing.watched():
        performing.stop_if_asked()
