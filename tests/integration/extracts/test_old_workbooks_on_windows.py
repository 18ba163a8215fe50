"""Old workbooks where a process cannot limit its own memory, as on Windows: simulated by taking `resource` away."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.integration.extracts.clean_extracts import clean, write_ods, write_xls
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.extracts.reading import workbook_safety
from wres_pipeline.reference.local import LocalMappings


def memory_here(process: int) -> int:
    """What psutil tells on Windows, here from the system's own file."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[0]) * 4096
    except (OSError, IndexError):
        return 0


@pytest.fixture(autouse=True)
def _as_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("the simulation reads memory from /proc")
    without = "import sys; sys.modules['resource'] = None\n"
    monkeypatch.setattr(workbook_safety, "_TRIAL", without + workbook_safety._TRIAL)
    monkeypatch.setattr(workbook_safety, "LIMITS_ITSELF", False)
    monkeypatch.setattr(workbook_safety, "_memory_of", memory_here)


@pytest.mark.parametrize("write", [write_ods, write_xls])
def test_a_workbook_is_read_as_elsewhere(tmp_path: Path, write: object) -> None:
    path = write(clean("training"), tmp_path)  # type: ignore[operator]
    page = checking.check_file(path, LocalMappings())
    assert page.exit_status == 0, page.as_text()


def test_one_that_takes_too_much_memory_is_ended_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = "import time\nheld = bytearray(400 << 20)\ntime.sleep(60)"
    monkeypatch.setattr(workbook_safety, "_TRIAL", greedy)
    monkeypatch.setattr(workbook_safety, "MOST_MEMORY", 300 << 20)
    began = time.monotonic()
    with pytest.raises(RefusedFile, match="cut short or damaged"):
        workbook_safety.refuse_unsafe(write_xls(clean("training"), tmp_path), "training.xls")
    assert time.monotonic() - began < 30


def test_one_that_never_ends_is_ended_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_safety, "_TRIAL", "import time; time.sleep(60)")
    monkeypatch.setattr(workbook_safety, "LONGEST_TRIAL", 0.3)
    with pytest.raises(RefusedFile, match="cut short or damaged"):
        workbook_safety.refuse_unsafe(write_xls(clean("training"), tmp_path), "training.xls")
