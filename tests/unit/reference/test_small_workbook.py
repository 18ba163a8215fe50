"""A workbook of labels cannot fill the memory, however small its file is."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from wres_pipeline.reference.local import LocalMappingError, LocalMappings


def mapping(folder: Path, far: str = "") -> Path:
    book = openpyxl.Workbook()
    book.active.append(["label", "means"])
    book.active.append(["White English", "A"])
    if far:
        book.active[far] = "x"
    book.save(folder / "ethnic_labels.xlsx")
    return folder / "ethnic_labels.xlsx"


def test_a_workbook_as_people_fill_it_in_is_read(tmp_path: Path) -> None:
    mapping(tmp_path, "C2000")
    assert dict(LocalMappings.load(tmp_path).ethnic_labels) == {"white english": "A"}


@pytest.mark.parametrize(
    "what", ["a cell far below", "a cell far right", "a part that unpacks to 100 MB", "many parts"]
)
def test_one_that_would_fill_the_memory_is_refused_at_once(tmp_path: Path, what: str) -> None:
    path = mapping(tmp_path, {"a cell far below": "A1048576", "a cell far right": "XFD3"}.get(what, ""))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        if "100 MB" in what:
            packed.writestr("xl/worksheets/sheet2.xml", b"<a>" + bytes(100 << 20))
        for n in range(2_000 if what == "many parts" else 0):
            packed.writestr(f"{n}.txt", "")
    began = time.process_time()
    with pytest.raises(LocalMappingError, match="cannot be opened as a workbook"):
        LocalMappings.load(tmp_path)
    assert time.process_time() - began < 5
