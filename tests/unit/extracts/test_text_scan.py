"""The one pass over the bytes of a text: what it counts and what it calls clean, wherever a block of bytes ends."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading import text

CELL = st.sampled_from(["a", "é", "’", '"q"', '"a\nb"', '"a,b"', '""', "", "xyz", '"a""b"'])


def scanned(content: bytes) -> text.Scan:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "x.csv"
        path.write_bytes(content)
        return text.scan(path, "x.csv")


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=30),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    block=st.integers(40, 70),
)
def test_records_are_counted_as_a_csv_reader_counts_them(
    monkeypatch: pytest.MonkeyPatch, rows: list[list[str]], end: str, last: bool, block: int
) -> None:
    monkeypatch.setattr(text, "LONGEST_LINE", block)
    content = end.join(",".join(row) for row in rows) + (end if last else "")
    found = scanned(content.encode())
    if found.clean:
        assert found.records == len(list(csv.reader(io.StringIO(content, newline=""))))
        assert end == "\r\n" or "\r" not in content
    plain = '"a\nb"' not in content
    if plain and all(any(cell for cell in row) for row in rows):
        assert found.clean
    assert found.encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,2\n", "utf-8"),
        ("a,b\né,2\n".encode(), "utf-8"),
        ("\ufeffa,b\n".encode(), "utf-8-sig"),
        ("a,b\né,2\n".encode("cp1252"), "cp1252"),
        ("a,b\n1,2\n".encode("utf-16"), "utf-16"),
        ("a\tb\n1\t2\n".encode("utf-16-le"), "utf-16-le"),
        ("a\tb\n1\t2\n".encode("utf-16-be"), "utf-16-be"),
        ("a,b\n".encode("utf-32"), "utf-32"),
        (("é" * 10).encode()[:-1] + b"\n", "cp1252"),
    ],
)
def test_the_encoding_is_told_by_mark_and_by_content(content: bytes, encoding: str) -> None:
    assert scanned(content).encoding == encoding


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n\n1,2\n",
        b"\na,b\n",
        b"a,b\r\r\n1,2\r\n",
        b"a,b\r1,2\r",
        b"a,b\r\n1,2\n",
        b'a,b\n"1,2\n',
        b"a,b\n1,\xe9\n",
    ],
    ids=["blank line", "blank first line", "lone return", "old mac", "mixed ends", "open quote", "not utf-8"],
)
def test_what_is_not_clean_goes_the_careful_way(content: bytes) -> None:
    assert not scanned(content).clean


def test_nul_bytes_are_refused_with_their_line() -> None:
    with pytest.raises(RefusedFile, match="line 3 holds NUL"):
        scanned(b"a,b\n" * 2 + b"1,\0\n" + b"x,y\n" * 2000)


def test_a_line_of_more_than_a_megabyte_is_refused_with_its_line() -> None:
    with pytest.raises(RefusedFile, match="line 3 is longer"):
        scanned(b"a,b\n1,2\n" + b"x" * (3 << 20))
