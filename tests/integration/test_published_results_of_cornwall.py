"""Published staff-survey results through the pipeline: one commissioner among 52, its successor,
three providers.

Reads ../shared/data/nss_organisations_2021_2024.csv as it was issued and the published series in
data/published/11N.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline.commissioner import dashboard, read
from wres_pipeline.commissioner.benchmark import peers
from wres_pipeline.commissioner.provider_survey import SurveyResult, only
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.indicators.figure import half_up
from wres_pipeline.reference import years
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reports.commissioner import commissioner_pages
from wres_pipeline.reports.context import ReturnContext

NATIONAL = "nss_organisations_2021_2024.csv"
COLUMNS = {
    "harassment_public": "Emotional_public",
    "harassment_managers": "Emotional_manager",
    "harassment_colleagues": "Emotional_colleagues",
    "discrimination_internal": "Discrimination_internal",
    "discrimination_public": "Discrimination_public",
}
PUBLISHED = Path(__file__).parents[2] / "data" / "published" / "11N"
PROVIDERS = ("REF", "RJ8", "RYF")

# the six series as printed in the action plan of 2021–22, survey years 2015 to 2020
PRINTED = {
    "harassment_public": (True, (84, 82, 75, 86, 85, 87)),
    "harassment_managers": (True, (83, 81, 82, 88, 86, 90)),
    "harassment_colleagues": (True, (88, 84, 83, 84, 85, 86)),
    "career_progression": (False, (78, 76, 75, 82, 91, 86)),
    "discrimination_internal": (False, (5, 4, 8, 5, 3, 4)),
    "discrimination_public": (True, (99, 99, 97, 100, 99, 99)),
}


@pytest.fixture(scope="module")
def con(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    extracts = tmp_path_factory.mktemp("extracts") / "11N"
    extracts.mkdir()
    for file in (*PUBLISHED.glob("*.csv"), shared_data / NATIONAL):
        shutil.copy(file, extracts / file.name)
    made = duckdb.connect()
    none = LocalMappings.load(None)
    report = landing.land_folder(made, extracts.parent, ["11N"], now=datetime(2024, 1, 1), mappings=none)
    assert report.refused == []
    core.build(made, core.CORE_TABLES, ["11N"], {})
    yield made
    made.close()


@pytest.fixture(scope="module")
def results(con: duckdb.DuckDBPyConnection) -> list[SurveyResult]:
    return read.national_results(con, ["11N"])


@pytest.fixture(scope="module")
def cells(shared_data: Path) -> dict[tuple[str, int], dict[str, str]]:
    with (shared_data / NATIONAL).open(encoding="utf-8", newline="") as file:
        return {(row["ODS code"], int(row["Year"])): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def desks(
    con: duckdb.DuckDBPyConnection, results: list[SurveyResult]
) -> dict[tuple[str, int], dashboard.Desk]:
    own = read.own_survey(con, ["11N"])["11N"]
    made = {}
    for code, predecessors, year in (
        ("11N", (), 2022),
        ("QT6", ("11N",), 2023),
        ("QT6", ("11N",), 2024),
        ("QT6", ("11N",), 2025),
    ):
        made[(code, year)] = dashboard.internal(
            dashboard.DeskInputs(
                code, year, date(year, 12, 1), (), results, own, national_codes=(*predecessors, code), providers=PROVIDERS,
                residents_of=("Cornwall", "Isles of Scilly"),
            ),
            [],
        )  # fmt: skip
    return made


def test_every_cell_of_the_file_is_a_result(results: list[SurveyResult], cells: dict) -> None:
    assert len(results) == 1075 * len(COLUMNS)
    for one in results:
        row = cells[(one.ods_code, one.survey_year)]
        assert one.percent == float(row[f"{COLUMNS[one.topic]}_rate"])
        assert one.base == int(float(row[f"{COLUMNS[one.topic]}_base"]))


def test_the_commissioner_is_compared_with_the_52_of_2021(results: list[SurveyResult]) -> None:
    (own,) = only(results, survey_year=2021, topic="harassment_public", ods_code="11N")
    group = peers(results, own)
    assert (len(group.results), {one.weighting for one in group.results}) == (52, {"Occupation Group"})


@pytest.mark.parametrize(("year", "bodies"), [(2022, 37), (2023, 41), (2024, 41)])
def test_its_successor_is_compared_with_the_boards_of_the_year(
    results: list[SurveyResult], year: int, bodies: int
) -> None:
    (own,) = only(results, survey_year=year, topic="harassment_public", ods_code="QT6")
    group = peers(results, own)
    assert (len(group.results), {one.weighting for one in group.results}) == (bodies, {"Unweighted"})


@pytest.mark.parametrize(("code", "year"), [("11N", 2022), ("QT6", 2023), ("QT6", 2024), ("QT6", 2025)])
def test_benchmark_figures_are_the_cells_of_the_file(desks: dict, cells: dict, code: str, year: int) -> None:
    rows = {(one.subject, one.measure): one for one in desks[(code, year)].section("benchmark")}
    for topic, column in COLUMNS.items():
        cell = cells[(code, year - 1)]
        assert rows[(code, topic)].value == float(cell[f"{column}_rate"])
        assert rows[(code, topic)].denominator == int(float(cell[f"{column}_base"]))
        assert (code, f"{topic}_rank") in rows


def test_the_rank_is_the_place_in_the_sorted_cells(desks: dict, cells: dict) -> None:
    """11.3% from patients and the public: counted in the file, 33 of the 52 have less."""
    rates = [
        float(row["Emotional_public_rate"])
        for (_, year), row in cells.items()
        if year == 2021 and row["Benchmarking group"] == "CCGs"
    ]
    mine = float(cells[("11N", 2021)]["Emotional_public_rate"])
    row = next(
        one
        for one in desks[("11N", 2022)].section("benchmark")
        if one.measure == "harassment_public_rank" and one.breakdown == "CCGs"
    )
    assert (row.rank, row.of) == (1 + sum(rate < mine for rate in rates), len(rates)) == (34, 52)


def test_one_question_is_too_small_to_rank(desks: dict) -> None:
    """9.6% of 219 from colleagues may be 6.4 to 14.2%: that covers the middle half of the 52."""
    row = next(
        one
        for one in desks[("11N", 2022)].section("benchmark")
        if one.measure == "harassment_colleagues_rank" and one.breakdown == "CCGs"
    )
    assert (row.rank, row.shown) == (None, "too small to rank")


@pytest.mark.parametrize("code", PROVIDERS)
def test_a_providers_log_holds_every_year_of_the_file(desks: dict, cells: dict, code: str) -> None:
    rows = [one for one in desks[("QT6", 2025)].section("provider_log") if one.subject == code]
    for year in (2021, 2022, 2023, 2024):
        for topic, column in COLUMNS.items():
            (one,) = [r for r in rows if (r.measure, r.about_year) == (topic, year + 1)]
            assert one.value == float(cells[(code, year)][f"{column}_rate"])
    assert next(r for r in desks[("QT6", 2025)].reviews if r.provider.code == code).peers


def test_every_provider_has_a_page_a_word_review_and_a_chart_with_the_cells_of_the_file(
    desks: dict, cells: dict, tmp_path: Path
) -> None:
    about = ReturnContext("QT6", "The commissioner", years.load(2025), "public", date(2025, 12, 1))
    commissioner_pages.write(desks[("QT6", 2025)], None, about, tmp_path)
    for code in PROVIDERS:
        chart = tmp_path / "charts-commissioning" / f"review-{code.lower()}.svg"
        assert (tmp_path / f"provider-review-{code.lower()}-2025.docx").exists()
        page = (tmp_path / f"provider-{code.lower()}.html").read_text(encoding="utf-8")
        for column in COLUMNS.values():
            shown = f"{half_up(float(cells[(code, 2024)][f'{column}_rate']), 1)}%"
            assert shown in chart.read_text(encoding="utf-8"), (code, column)
            assert shown in page, (code, column)


def test_the_six_printed_series_are_joined_to_2021_with_the_break_shown(desks: dict) -> None:
    rows = desks[("11N", 2022)].section("survey_history")
    for topic, (turned, printed) in PRINTED.items():
        mine = [one for one in rows if one.measure == topic]
        assert [one.value for one in mine[:6]] == [100 - n if turned else n for n in printed]
        assert [one.about_year - 1 for one in mine[:6]] == list(range(2015, 2021))
        assert [one.verdict for one in mine[:6]] == [""] * 6
        if topic != "career_progression":  # the file does not hold it
            assert (mine[6].about_year - 1, mine[6].verdict) == (2021, "break")
            assert "Break: Up to 2020" in mine[6].note


def test_the_successors_series_goes_on_after_another_break(desks: dict) -> None:
    rows = [
        one for one in desks[("QT6", 2025)].section("survey_history") if one.measure == "harassment_public"
    ]
    assert [(one.about_year - 1, one.subject, one.verdict) for one in rows[6:]] == [
        (2021, "11N", "break"),
        (2022, "QT6", "break"),
        (2023, "QT6", ""),
        (2024, "QT6", ""),
    ]
