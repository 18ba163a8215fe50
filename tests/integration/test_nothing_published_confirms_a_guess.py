"""The hash attack: a reader who can list what a small extract may hold tries each list against the published files.

The identifier of a delivery is a hash of its content, and the software that makes it is public. Whoever guesses the
ethnicity of a board's members, all else about them being on a website, writes the extract as it would be and looks
whether the published files hold what would come of it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.annual_run import AnnualRun
from wres_pipeline import warehouse
from wres_pipeline.extracts.intake.deliveries import delivery_id
from wres_pipeline.extracts.intake.staged_file import content_hash

OF_AN_IDENTIFIER = 12
"""So many characters of a hash are enough to tell one guess from another."""


def released_files(output: Path) -> list[Path]:
    """Everything that leaves the building: public editions, and monthly reports for circulation."""
    apart = {"internal", "restricted", "not-released"}
    return [
        file
        for file in sorted(output.rglob("*"))
        if file.is_file()
        and not apart & set(file.relative_to(output).parts)
        and ({"public", "data-quality"} & set(file.relative_to(output).parts))
    ]


def _contents(file: Path) -> Iterator[bytes]:
    content = file.read_bytes()
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def holding(output: Path, marks: set[str]) -> set[str]:
    """The released files that hold one of the marks."""
    looked_for = [mark.encode() for mark in marks]
    return {
        file.relative_to(output).as_posix()
        for file in released_files(output)
        for content in _contents(file)
        if any(mark in content for mark in looked_for)
    }


def test_a_right_guess_of_the_board_looks_like_a_wrong_one(sample_run: AnnualRun, tmp_path: Path) -> None:
    file = sample_run.extracts / "X01" / "board_2021-03-31.csv"
    right = delivery_id(content_hash(file), "board", "X01", date(2021, 3, 31))
    with warehouse.connect(sample_run.warehouse, read_only=True) as con:
        made = {one for (one,) in con.execute("SELECT delivery_id FROM deliveries").fetchall()}
    assert right in made, (
        "the attacker's identifier is not the one the software makes: the attack proves nothing"
    )
    assert len(released_files(sample_run.output)) > 100
    assert holding(sample_run.output, {right[:OF_AN_IDENTIFIER]}) == set()


def test_no_identifier_made_from_content_leaves_the_building(sample_run: AnnualRun) -> None:
    with warehouse.connect(sample_run.warehouse, read_only=True) as con:
        rows = con.execute("SELECT delivery_id, content_hash FROM deliveries").fetchall()
    marks = {mark[:OF_AN_IDENTIFIER] for row in rows for mark in row}
    for told in sample_run.output.rglob("publication.json"):
        marks.add(told.read_text(encoding="utf-8").split('"content": "')[1][:OF_AN_IDENTIFIER])
    assert len(marks) > 50
    assert holding(sample_run.output, marks) == set()


def test_the_public_figures_name_the_kind_and_the_date_of_what_they_came_from(sample_run: AnnualRun) -> None:
    file = sample_run.output / "public" / "X01" / "2021" / "figures.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        named = {row["deliveries"] for row in csv.DictReader(lines)}
    assert "board 2021-03-31;esr_staff_list 2021-03-31" in named
    # the body's own row of the national results is a part of what its survey figures come from
    assert "staff_survey 2020-11-30;staff_survey_organisations 2020-11-30" in named
