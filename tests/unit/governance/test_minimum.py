"""What no figure, link or check reads is not stored."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import pytest

from tests import small_extracts
from wres_pipeline import warehouse
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.local import LocalMappings

PACKAGE = Path(__file__).parents[3] / "wres_pipeline"
READERS = [
    path.read_text(encoding="utf-8")
    for folder in ("extracts", "linkage", "indicators", "quality", "commissioner")
    for path in (PACKAGE / folder).rglob("*")
    if path.suffix in (".sql", ".py")
]


@pytest.mark.parametrize(
    "kind", ["esr_staff_list", "trac_applications", "employee_relations", "training", "appraisals", "board"]
)
def test_every_column_of_people_that_is_stored_is_read_by_something(kind: str) -> None:
    unread = [
        column.name
        for column in contracts.load(kind).columns
        if column.stored and not any(re.search(rf"\b{column.name}\b", text) for text in READERS)
    ]
    assert unread == []


def test_what_stands_in_a_column_nobody_needs_does_not_reach_the_file(tmp_path: Path) -> None:
    folder = small_extracts.write(tmp_path / "extracts" / "X01")
    file = folder / "esr_staff_list_2021-03-31.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [
                [*heading, "Disability", "Nationality", "Gender", "Religious Belief"],
                *([*row, "Yes-Mobility", "Ruritanian", "Androgyne", "Pastafarian"] for row in rows),
            ]
        )
    place = tmp_path / "w.duckdb"
    with warehouse.connect(place) as con:
        report = landing.land_folder(
            con,
            tmp_path / "extracts",
            None,
            now=datetime(2021, 5, 1),
            mappings=LocalMappings.load(None),  # noqa: DTZ001
        )
        kept = con.execute(
            "SELECT count(*), min(disability), max(religion_or_belief), count(extra) FROM raw_esr_staff_list"
        ).fetchall()
        con.execute("CHECKPOINT")
    assert not report.refused
    assert kept == [(30, "answered", "answered", 0)], "that there is an answer is kept, the answer is not"
    held = place.read_bytes()
    assert b"Nursing and Midwifery" in held, "the search is of something"
    assert [
        text for text in (b"Yes-Mobility", b"Ruritanian", b"Androgyne", b"Pastafarian") if text in held
    ] == []
