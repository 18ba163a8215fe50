"""The survey of a year that no list knows: it stops the return and says what to write, and what is written then counts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline.extracts import cell_checks
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.deliveries import current
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.indicators import survey_counts
from wres_pipeline.reference import survey
from wres_pipeline.reference.local import LocalMappings

NUMBERS = {
    "harassment_public": "Q21a",
    "harassment_managers": "Q21b",
    "harassment_colleagues": "Q21c",
    "career_progression": "Q14",
    "discrimination_internal": "Q15",
}
PERCENTS = {"Q21a": "30.5", "Q21b": "10", "Q21c": "20", "Q14": "55.5", "Q15": "8.5"}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def written(place: Path, rows: Sequence[Sequence[str]]) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return place


def landed(
    con: duckdb.DuckDBPyConnection, folder: Path, mapping: Sequence[Sequence[str]]
) -> dict[str, LocalMappings]:
    body = folder / "X01"
    rows = [[number, "BME staff", percent, "200", ""] for number, percent in PERCENTS.items()]
    written(
        body / "staff_survey_2026.csv", [["Question", "Ethnic Group", "Percent", "Base", "Measure"], *rows]
    )
    if mapping:
        written(body / "mappings" / "survey_questions.csv", [["label", "means"], *mapping])
    own = {"X01": LocalMappings.load(body / "mappings")}
    report = landing.land_folder(con, folder, None, now=datetime(2027, 5, 1), mappings=own)
    assert report.refused == []
    core.build(con, core.CORE_TABLES, ["X01"], own)
    return own


def blocking(con: duckdb.DuckDBPyConnection, own: dict[str, LocalMappings]) -> list[Finding]:
    found = cell_checks.find(con, current(con, ["X01"]), own)
    return [finding for finding in found if finding.severity == "blocks"]


def test_it_stops_the_return_and_names_the_file_and_its_lines(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    own = landed(con, tmp_path, [])
    (finding,) = blocking(con, own)
    assert (finding.code, finding.file) == ("survey_year_not_mapped", "staff_survey_2026.csv")
    assert "mappings/survey_questions.csv" in finding.remedy
    assert all(f",{topic}" in finding.remedy for topic in survey.topics())


def test_with_its_lines_written_it_counts_for_indicators_5_to_8(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    own = landed(con, tmp_path, [(f"2026 {number}", topic) for topic, number in NUMBERS.items()])
    assert [f.code for f in cell_checks.find(con, current(con, ["X01"]), own)] == []
    found = survey_counts.read(con, {"X01": ["any"]}, 2026)["X01"]
    assert {(one.indicator, one.part): float(one.percent or 0) for one in found.percents} == {
        ("5", ""): 30.5, ("6", "managers"): 10.0, ("6", "colleagues"): 20.0, ("7", ""): 55.5, ("8", ""): 8.5,
    }  # fmt: skip


def test_a_line_that_is_still_lacking_is_asked_for_alone(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    own = landed(con, tmp_path, [(f"2026 {n}", topic) for topic, n in NUMBERS.items() if n != "Q15"])
    (finding,) = blocking(con, own)
    assert (
        ",discrimination_internal" in finding.remedy
        and "<its number in that survey>,career" not in finding.remedy
    )


def test_answers_of_respondents_count_by_their_column_in_that_year(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """13 asked about the public: 3 more than never, 10 never. The columns are those of the contract, numbered anew."""
    numbers = {"Q16a": "harassment_public", "Q16b": "discrimination_internal", "Q15": "career_progression",
               "Q14b": "harassment_managers", "Q14c": "harassment_colleagues"}  # fmt: skip
    body = tmp_path / "X01"
    rows = [[str(n), "White", "2" if n < 3 else "1", "1", "2", "1", "1"] for n in range(13)]
    heading = ["Respondent", "Ethnic Group", "Q16a", "Q15", "Q16b", "Q14b", "Q14c"]
    written(body / "staff_survey_respondents_2026.csv", [heading, *rows])
    written(
        body / "mappings" / "survey_questions.csv",
        [["label", "means"], *((f"2026 {n}", t) for n, t in numbers.items())],
    )
    own = {"X01": LocalMappings.load(body / "mappings")}
    landing.land_folder(con, tmp_path, None, now=datetime(2027, 5, 1), mappings=own)
    core.build(con, core.CORE_TABLES, ["X01"], own)
    assert blocking(con, own) == []
    answers = survey_counts.read(con, {"X01": ["any"]}, 2026)["X01"].answers[("5", "White")]
    assert (answers.yes, answers.no) == (3, 10)
