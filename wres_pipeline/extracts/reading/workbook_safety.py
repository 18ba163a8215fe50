"""Whether a workbook can be opened at all: a password, a bomb, damage, or a stray cell that would fill the memory.

The spreadsheet library allocates every cell between the first and the last used one, and ends the whole program when
that fails. So xlsx is measured before it is opened, and the formats that cannot be measured cheaply are first read in
a process of their own with bounded memory.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from wres_pipeline.extracts.intake.refusal import RefusedFile

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED = 3 << 30
"""Bytes a workbook may unpack to; a million rows of staff list need about a third. [ours]"""
MOST_TIMES = 200
"""How many times its size a workbook over `SMALL` may unpack to; real ones stay under 40. [ours]"""
SMALL = 64 << 20
MOST_PARTS = 5_000
MOST_CELLS = 100_000_000
"""Cells from the first to the last used one of a sheet: a million rows of a hundred columns. [ours]"""
MOST_MEMORY = 4 << 30
LONGEST_TRIAL = 600
"""Seconds the trial of one old-format workbook may take. [ours]"""
LIMITS_ITSELF = sys.platform != "win32"
"""Whether a process can limit its own memory; Windows has no `resource`."""
BETWEEN_LOOKS = 0.02
"""Seconds between two looks at the memory of a trial that cannot. [ours]"""
REMEDY = "Open it in a spreadsheet program, save it again as .xlsx or CSV, and send that."
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_FAR = re.compile(rb'r="(?:[D-Z][A-Z]|[A-Z]{3})\d')
"""A cell right of column CZ: rare, and only then is a sheet measured exactly."""
_CELL = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')
_TRIAL = """
import sys
from python_calamine import CalamineWorkbook
try:
    import resource
except ImportError:
    pass  # Windows: whoever started this looks at its memory
else:
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
with open(sys.argv[1], "rb") as file:
    try:
        book = CalamineWorkbook.from_filelike(file)
        for title in book.sheet_names:
            for row in book.get_sheet_by_name(title).iter_rows():
                pass
    except BaseException as error:
        sys.exit(3 if "password" in str(error).lower() or "encrypt" in str(error).lower() else 4)
"""


def refuse_unsafe(path: Path, name: str, marks: Sequence[bytes] = ()) -> dict[str, bool]:
    """Whether any of `marks` stands in each sheet of an xlsx, by its part of the zip; empty for other formats.

    Raises RefusedFile where the workbook at `path` must not or cannot be opened.
    """
    with path.open("rb") as file:
        first = file.read(len(OLE))
    found: dict[str, bool] = {}
    if first == OLE:
        _refuse_locked(path, name)
        _try_apart(path, name)
    elif not _is_safe_xlsx(path, name, marks, found):
        _try_apart(path, name)
    return found


def damaged(name: str) -> RefusedFile:
    return RefusedFile(name, "the workbook cannot be read: it is cut short or damaged.", REMEDY)


def locked(name: str) -> RefusedFile:
    return RefusedFile(
        name, "the workbook is protected by a password.", "Take the password off and send it again."
    )


def _refuse_locked(path: Path, name: str) -> None:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if _LOCKED in chunk:
                raise locked(name)
            if len(chunk) == _CHUNK:
                file.seek(-len(_LOCKED), 1)


def _is_safe_xlsx(path: Path, name: str, marks: Sequence[bytes], found: dict[str, bool]) -> bool:
    """Unpack every part without keeping it: the sizes a zip declares can lie, and a bad part is found here.

    True for an xlsx measured to be small enough; False for another zipped workbook (xlsb, ods), not measured yet.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            parts = pack.infolist()
            limit = min(MOST_UNPACKED, max(SMALL, path.stat().st_size * MOST_TIMES))
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > limit:
                raise _bomb(name)
            if any(part.flag_bits & 1 for part in parts):
                raise locked(name)
            names = {part.filename for part in parts}
            if not names & {"[Content_Types].xml", "mimetype", "content.xml"}:
                raise RefusedFile(
                    name, "it is a zip archive, not a workbook.", "Unpack it and send the file inside."
                )
            read = 0
            for part in parts:
                is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
                read += _unpacked(pack, part, limit - read, is_sheet, name, marks, found)
            return "xl/workbook.xml" in names
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, RefusedFile):
            raise
        raise damaged(name) from None


def _unpacked(
    pack: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    most: int,
    is_sheet: bool,
    name: str,
    marks: Sequence[bytes],
    found: dict[str, bool],
) -> int:
    """Bytes of the part; refuses a part of more than `most`, and a sheet whose last used cell is too far out. Notes in
    `found` whether a sheet holds any of `marks`."""
    read, tail, far, marked = 0, b"", False, False
    with pack.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > most:
                raise _bomb(name)
            if is_sheet and not marked:
                marked = any(mark in chunk or mark in tail + chunk[:16] for mark in marks)
            if is_sheet and not far:
                far = _FAR.search(tail + chunk[:16]) is not None or _FAR.search(chunk) is not None
            tail = chunk[-16:]
    if is_sheet:
        found[part.filename] = marked
    if far:
        _refuse_stray_cell(pack, part, name)
    return read


def _refuse_stray_cell(pack: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    last_row = last_column = 0
    tail = b""
    with pack.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            for letters, digits in _CELL.findall(tail + chunk):
                column = 0
                for letter in letters:
                    column = column * 26 + letter - 64
                last_row, last_column = max(last_row, int(digits)), max(last_column, column)
            tail = chunk[-24:]
    if last_row * last_column > MOST_CELLS:
        raise RefusedFile(
            name,
            f"its used area reaches row {last_row:,} and column {last_column:,}: a stray cell far from the list.",
            "Delete the empty rows and columns beyond the list, save it and send it again.",
        )


def _try_apart(path: Path, name: str) -> None:
    """Read it once in a process of its own with bounded memory: what ends that process must not end this one."""
    with subprocess.Popen(
        [sys.executable, "-I", "-c", _TRIAL, str(path.resolve()), str(MOST_MEMORY)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as trial:
        try:
            status = trial.wait(LONGEST_TRIAL) if LIMITS_ITSELF else _watched(trial)
        except BaseException as error:
            trial.kill()
            if isinstance(error, subprocess.TimeoutExpired):
                raise damaged(name) from None
            raise
    if status == 3:
        raise locked(name)
    if status != 0:
        raise damaged(name)


def _watched(trial: subprocess.Popen[bytes]) -> int:
    """Wait for a trial that cannot limit itself; one that takes too much memory is ended. Gives its status."""
    ends = time.monotonic() + LONGEST_TRIAL
    while (status := trial.poll()) is None:
        if time.monotonic() > ends:
            raise subprocess.TimeoutExpired(trial.args, LONGEST_TRIAL)
        if _memory_of(trial.pid) > MOST_MEMORY:
            trial.kill()
        time.sleep(BETWEEN_LOOKS)
    return status


def _memory_of(process: int) -> int:
    """Bytes that a process and those it started have asked for (in a venv on Windows, `python` starts the real one); 0 where it
    has ended meanwhile."""
    import psutil

    try:
        started = psutil.Process(process)
        return sum(int(one.memory_info().vms) for one in (started, *started.children(recursive=True)))
    except psutil.Error:
        return 0


def _bomb(name: str) -> RefusedFile:
    return RefusedFile(
        name,
        "it unpacks to far more than a workbook of its size can hold, so it was not opened.",
        "Save the extract again as a plain .xlsx or CSV.",
    )
