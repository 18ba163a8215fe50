"""figures.csv with its metadata, text that no spreadsheet runs, and the return's checks of itself."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.reports.invented_return import CODE, invented_context, invented_figures
from wres_pipeline.indicators.figure import COLUMNS, Figure
from wres_pipeline.render.text import count_of, listed, safe_cell, slug
from wres_pipeline.reports.annual.submission_checks import RULES, checks
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.schema import from_text, table


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return invented_figures()


class TestOpenData:
    """figures.csv and its CSVW description."""

    def test_every_figure_comes_back_from_the_file(self, figures: list[Figure]) -> None:
        text = figures_csv.csv_bytes(figures).decode("utf-8")
        back = [from_text(table("figures"), Figure, row) for row in csv.DictReader(io.StringIO(text))]
        assert [f.key for f in back] == [f.key for f in figures]
        for one, other in zip(back, figures, strict=True):
            assert one.shown == other.shown
            assert one.state == other.state
            if other.value is not None:
                assert one.value == pytest.approx(float(other.value), rel=1e-15)

    def test_the_metadata_describe_every_column_and_nothing_else(self, tmp_path: Path) -> None:
        data, described = figures_csv.write([], invented_context("public"), tmp_path)
        found = json.loads(described.read_text(encoding="utf-8"))
        assert [c["name"] for c in found["tableSchema"]["columns"]] == list(COLUMNS)
        assert found["url"] == data.name
        assert all(c["dc:description"] and c["datatype"] for c in found["tableSchema"]["columns"])
        assert set(found["tableSchema"]["primaryKey"]) <= set(COLUMNS)
        assert "The people in this report are invented." in found["dc:description"]

    def test_no_two_rows_share_the_primary_key(self, figures: list[Figure]) -> None:
        rows = list(csv.DictReader(io.StringIO(figures_csv.csv_bytes(figures).decode("utf-8"))))
        key = figures_csv.metadata(invented_context())["tableSchema"]["primaryKey"]
        assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)

    def test_a_negative_difference_stays_a_number_and_a_formula_does_not_run(self) -> None:
        figure = Figure(CODE, 2021, "9", "difference_from_workforce", value=-5.5, unit="percentage_points")
        text = figures_csv.csv_bytes([replace(figure, note='=HYPERLINK("x")')]).decode("utf-8")
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["value"] == "-5.5"
        assert row["note"] == '\'=HYPERLINK("x")'


class TestSafeText:
    """Text from an extract is data."""

    @pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
    def test_a_cell_that_a_spreadsheet_would_run_is_made_text(self, text: str) -> None:
        assert safe_cell(text).startswith("'")

    @pytest.mark.parametrize("text", ["-5.8", "+3", "-5.8%", "plain", "", "8a - Band", "-1,234"])
    def test_numbers_and_plain_words_stay_as_they_are(self, text: str) -> None:
        assert safe_cell(text) == text

    @settings(max_examples=200, derandomize=True)
    @given(st.text())
    def test_no_text_at_all_begins_a_formula(self, text: str) -> None:
        made = safe_cell(text).lstrip(" ")
        assert not made.startswith(("=", "@", "\t", "\r"))

    def test_counts_lists_and_names_read_well(self) -> None:
        assert count_of(1, "person", "people") == "1 person"
        assert count_of(3012, "person", "people") == "3,012 people"
        assert listed(["a", "b", "c"]) == "a, b and c"
        assert listed(["a", "", "b"]) == "a and b"
        assert slug("Indicator 2: White ÷ BME") == "indicator-2-white-bme"


class TestChecksOfTheSubmission:
    """The sums and limits of the submission, on its own counts."""

    def outcome(self, figures: list[Figure], name: str) -> bool | None:
        return {c.name: c.passed for c in checks(FigureSet(figures, CODE, 2021))}[name]

    def test_a_right_return_passes_every_check(self, figures: list[Figure]) -> None:
        assert {c.passed for c in checks(FigureSet(figures, CODE, 2021))} == {True}
        assert len(checks(FigureSet(figures, CODE, 2021))) == len(RULES) == 10

    @pytest.mark.parametrize(
        ("indicator", "measure", "band", "name"),
        [
            ("9", "headcount", "voting", "Voting and non-voting members are the whole board"),
            ("9", "headcount", "executive", "Executive and non-executive members are the whole board"),
            ("1", "headcount", "Band 5", "The bands sum to the workforce"),
            ("2", "appointed", "", "Appointed at most as many as shortlisted"),
            (
                "1",
                "headcount",
                "of which Senior medical manager",
                "Senior medical managers are among the consultants",
            ),
        ],
    )
    def test_a_count_too_high_fails_the_check_it_belongs_to(
        self, figures: list[Figure], indicator: str, measure: str, band: str, name: str
    ) -> None:
        broken = [
            replace(f, value=5000, shown="5,000")
            if (f.indicator, f.measure, f.band, f.ethnic_group) == (indicator, measure, band, "BME")
            else f
            for f in figures
        ]
        assert self.outcome(broken, name) is False

    def test_a_withheld_count_leaves_a_check_of_the_columns_that_are_shown(
        self, figures: list[Figure]
    ) -> None:
        hidden = [
            replace(f, state="withheld", value=None, shown="withheld")
            if (f.indicator, f.measure, f.band, f.ethnic_group) == ("9", "headcount", "voting", "BME")
            else f
            for f in figures
        ]
        (check,) = [
            c for c in checks(FigureSet(hidden, CODE, 2021)) if c.name.startswith("Voting and non-voting")
        ]
        assert check.passed is True
        assert "2 of 3 columns" in check.words

    def test_a_check_without_any_count_could_not_be_made(self) -> None:
        assert {c.passed for c in checks(FigureSet([], CODE, 2021))} == {None}


def test_a_report_refuses_the_figures_of_another_organisation(figures: list[Figure]) -> None:
    with pytest.raises(ValueError, match="XTR"):
        FigureSet(figures, "X01", 2021)


def test_a_property_of_a_word_file_is_shortened_to_what_the_file_can_hold() -> None:
    from wres_pipeline.render.text import property_text

    assert property_text("Draft: not yet signed off.") == "Draft: not yet signed off."
    assert property_text("a" * 255) == "a" * 255
    shortened = property_text("words " * 60)
    assert len(shortened) <= 255 and shortened.endswith("words …")
