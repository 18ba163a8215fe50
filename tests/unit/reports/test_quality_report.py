"""The data-quality report of a month: page, workbook, open data; and the version that may be passed round."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.unit.reports.invented_month import ABOUT, MONTH, PLACE, invented_month
from tests.unit.reports.marks_of_charts import misplaced
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.quality.trac_to_esr import gap_figures
from wres_pipeline.quality.trac_to_esr.gap import GapAccount
from wres_pipeline.reference import gap as reference
from wres_pipeline.reports.quality import circulation, month_report
from wres_pipeline.reports.quality.month_tables import tables


@pytest.fixture(scope="module")
def figures() -> list[QualityFigure]:
    return invented_month()


@pytest.fixture(scope="module")
def folder(figures: list[QualityFigure], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("quality")
    month_report.write(figures, ABOUT, made)
    return made


def test_the_page_tells_recorded_from_declared_and_names_the_break(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert (
        "94.2% of staff have an answer on record; 90.3% have declared their ethnicity (95% interval" in page
    )
    assert "Ethnicity stopped arriving: November 2020" in page
    assert "25 blank and 2 not stated" in page
    assert "The people in this report are invented." in page
    assert "not for circulation" in page


def test_every_value_of_a_chart_lies_on_its_mark(folder: Path) -> None:
    seen, wrong = misplaced(folder)
    assert seen > 15
    assert not wrong


def test_every_table_has_the_text_of_its_figures(figures: list[QualityFigure], folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    for section in (
        "Who has declared their ethnicity",
        "Declared over time",
        "From TRAC to ESR",
        "Deliveries of the month",
    ):
        assert f">{section}</span></summary>" in page
    assert "12 applications" not in page
    for text in ("85", "4.2 percentage points", "1.08", "1.10", "Give a date."):
        assert text in page


def test_the_charts_carry_title_and_description(folder: Path) -> None:
    for name in ("arrivals.svg", "trend.svg"):
        chart = (folder / "assets" / name).read_text(encoding="utf-8")
        assert "<title" in chart and "<desc" in chart
    assert (
        "Arrival broke in November 2020: 92.3% before, 4.8% after."
        in (folder / "assets" / "arrivals.svg").read_text()
    )


def test_the_page_asks_nothing_of_any_other_place(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    for target in re.findall(r'(?:src|href)="([^"#:]+)"', page):
        assert (folder / target).exists(), target


def test_the_workbook_has_one_table_a_sheet_and_no_blank_cell(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "ethnicity-data-quality.xlsx")
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    for sheet in book.worksheets[3:]:
        rows = list(sheet.iter_rows(values_only=True))
        head = next(i for i, row in enumerate(rows) if all(cell is not None for cell in row))
        for row in rows[head:]:
            assert all(cell not in (None, "") for cell in row), sheet.title
    declared = list(book["Declaration"].iter_rows(values_only=True))[-1]
    assert declared[:4] == ("Whole workforce", 310, 292, 280)
    assert declared[7:9] == (94.2, 90.3)


def test_the_same_figures_give_the_same_bytes(
    figures: list[QualityFigure], folder: Path, tmp_path: Path
) -> None:
    month_report.write(figures, ABOUT, tmp_path)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes(), path.name


def test_the_open_data_holds_every_figure(figures: list[QualityFigure], folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((folder / "figures.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(figures)
    assert rows[0]["month"] == "2021-03-31"
    assert {row["section"] for row in rows} == {f.section for f in figures}


def test_a_month_without_a_staff_list_still_has_a_page(tmp_path: Path) -> None:
    account = GapAccount("X01", MONTH, {s.state: 0 for s in reference.states()}, (), None)
    made = gap_figures.figures(PLACE, account, gap_figures.found_break(account))
    month_report.write(made, ABOUT, tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "No staff list of March 2021 or before has been supplied." in page
    assert "Not enough starters to date a break" in page


def small_counts(figures: list[QualityFigure]) -> list[QualityFigure]:
    of_people = [
        f
        for f in figures
        if f.unit in ("people", "applications") and f.section not in ("deliveries", "quarantine")
    ]
    return [f for f in of_people if f.numerator is not None and 1 <= f.numerator <= 9]


def test_the_version_for_circulation_shows_no_small_number_and_is_proved(
    figures: list[QualityFigure],
) -> None:
    made = circulation.for_circulation(figures, Policy())
    assert small_counts(figures)
    assert not small_counts(made.figures)
    assert not made.audit.failed
    for figure in made.figures:
        if figure.unit == "percent" and figure.numerator is not None and figure.section != "break":
            assert not 1 <= figure.numerator <= 9
            # what is left between two rounded counts says no more than that it is small
            assert all(n % 5 == 0 for n in (figure.numerator, figure.denominator or 0))


def test_what_the_gap_does_to_single_indicators_is_not_passed_round(figures: list[QualityFigure]) -> None:
    made = circulation.for_circulation(figures, Policy())
    assert not {f.section for f in made.figures} & {"gap_closed", "progress", "unknown_effect"}


def test_notes_that_repeat_counts_are_not_passed_round(figures: list[QualityFigure]) -> None:
    made = circulation.for_circulation(figures, Policy())
    assert {f.note for f in made.figures if f.section == "movers"} == {""}


def test_under_the_rounding_rule_percentages_follow_from_rounded_counts(figures: list[QualityFigure]) -> None:
    made = circulation.for_circulation(figures, Policy.rounding())
    for figure in made.figures:
        if figure.section == "declaration" and figure.unit == "percent" and figure.numerator:
            assert figure.numerator % 5 == 0 and (figure.denominator or 0) % 5 == 0


def test_the_version_for_circulation_is_marked_and_written_like_the_other(
    figures: list[QualityFigure], tmp_path: Path
) -> None:
    made = circulation.for_circulation(figures, Policy())
    month_report.write(made.figures, replace(ABOUT, edition=month_report.CIRCULATION), tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "For circulation: small numbers are withheld, other counts rounded to the nearest 5." in page
    assert "withheld" in page


def test_a_table_of_the_page_has_fewer_columns_than_the_workbook(figures: list[QualityFigure]) -> None:
    table = next(t for t in tables(figures) if t.name == "declared_cluster")
    assert table.page_head == ("Cluster", "Staff", "Declared %", "Recorded %", "Declined to say", "Not recorded",
                               "Answer not understood", "Against the target")  # fmt: skip
    assert table.texts()[0][0] == "Non-clinical"
    assert len(table.head) == 11


@pytest.fixture(scope="module")
def passed_round(figures: list[QualityFigure], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("circulation")
    safe = circulation.for_circulation(figures, Policy())
    month_report.write(safe.figures, replace(ABOUT, edition=month_report.CIRCULATION), made)
    return made


def test_the_version_for_circulation_reads_well_where_numbers_are_withheld(passed_round: Path) -> None:
    page = (passed_round / "index.html").read_text(encoding="utf-8")
    for clumsy in ("withheld of staff", "for withheld", "withheld not stated", ">none<"):
        assert clumsy not in page, clumsy
    assert "blank: 25; not stated: withheld" in page
    assert "Counts are to the nearest 5, and everything else is worked out from them" in page


def test_months_of_which_the_bad_ones_are_withheld_are_not_drawn(passed_round: Path) -> None:
    page = (passed_round / "index.html").read_text(encoding="utf-8")
    assert "months are withheld: too few started, or too few were lost." in page
    assert not (passed_round / "assets" / "arrivals.svg").exists()


def test_the_workbook_for_circulation_says_how_its_counts_are(passed_round: Path, folder: Path) -> None:
    def notes(place: Path) -> str:
        sheet = openpyxl.load_workbook(place / "ethnicity-data-quality.xlsx")["Notes"]
        return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)

    assert "Counts are to the nearest 5" in notes(passed_round)
    assert "Counts are exact." in notes(folder)


def test_a_figure_that_moves_by_less_than_it_shows_says_so(figures: list[QualityFigure]) -> None:
    now = Figure(
        "X01", 2021, "3", "likelihood", ethnic_group="White", value=0.41, unit="percent", shown="0.4%"
    )
    made = gap_figures.gap_closed(PLACE, [now], [replace(now, value=0.39)])
    [table] = [t for t in tables(made) if t.section == "gap_closed"]
    assert table.texts() == [["3, White", "Likelihood", "0.4%", "0.4%", "nothing", "by less than is shown"]]


def test_a_written_report_is_read_back_the_same(figures: list[QualityFigure], folder: Path) -> None:
    def told(held: list[QualityFigure]) -> list[tuple[object, ...]]:
        return [
            (f.section, f.measure, f.breakdown_value, f.numerator, f.denominator, f.state, f.shown, f.note)
            for f in held
        ]

    assert told(month_report.read_csv(folder / "figures.csv")) == told(figures)


def test_a_report_taken_away_leaves_the_version_with_true_counts(passed_round: Path, tmp_path: Path) -> None:
    shutil.copytree(passed_round, tmp_path / "month")
    (tmp_path / "month" / "internal").mkdir()
    month_report.remove(tmp_path / "month")
    assert [path.name for path in (tmp_path / "month").iterdir()] == ["internal"]
