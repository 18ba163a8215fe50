"""What a test of the service started ends with the tests, also where they are ended before they can end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.service.real_service import ROOT

SERVES = "import subprocess, sys, time; print(subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(99)'], start_new_session=True).pid, flush=True); time.sleep(99)"
STARTS = """\
import sys, time
from pathlib import Path
from tests.service.real_service import Service
service = Service(Path(sys.argv[1]))
service.start(sys.executable, "-S", "-c", sys.argv[2])
print(service.processes[0].pid, flush=True)
time.sleep(99)
"""


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_service_and_what_it_started_end_with_the_tests_that_are_ended(
    tmp_path: Path, number: signal.Signals
) -> None:
    tests = subprocess.Popen(
        [sys.executable, "-c", STARTS, tmp_path / "place", SERVES],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert tests.stdout is not None
    service, said = int(tests.stdout.readline()), tmp_path / "place" / "said.log"
    end = time.monotonic() + 20
    while not said.read_text().strip() and time.monotonic() < end:
        time.sleep(0.02)
    started = int(said.read_text())
    assert _lives(service) and _lives(started)
    tests.send_signal(number)
    tests.communicate()
    while (_lives(service) or _lives(started)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _lives(service) and not _lives(started)
