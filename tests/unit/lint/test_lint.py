"""The lint of published pages: one page for each mistake seen in real reports, and pages it must leave
alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.indicators.figure import COLUMNS
from wres_pipeline.lint import Finding, UnreadablePage, lint_file, lint_folder
from wres_pipeline.schema import table, to_text

RECRUITMENT = """
<table><caption>Indicator 2: appointment from shortlisting, 2021</caption>
<tr><th></th><th>White</th><th>BME</th></tr>
<tr><th>Number of shortlisted applicants</th><td>{shortlisted_white}</td><td>60</td></tr>
<tr><th>Number appointed</th><td>{appointed_white}</td><td>10</td></tr>
<tr><th>Likelihood of appointment</th><td>{likelihood}</td><td>16.7%</td></tr>
<tr><th>{name}</th><td colspan="2">{ratio}</td></tr></table>
"""
# 30 of 120 = 25.0%; 10 of 60 = 16.7%; 0.25 ÷ 0.1667 = 1.50
RIGHT = {
    "shortlisted_white": "120",
    "appointed_white": "30",
    "likelihood": "25.0%",
    "name": "Relative likelihood, White ÷ BME",
    "ratio": "1.50",
}


def _lint(tmp_path: Path, body: str) -> list[Finding]:
    page = tmp_path / "report.html"
    page.write_text(f"<html><body><h1>WRES report 2021</h1>{body}</body></html>", encoding="utf-8")
    return lint_file(page)


def _rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def test_a_page_whose_figures_follow_from_one_another_has_no_finding(tmp_path: Path) -> None:
    assert _lint(tmp_path, RECRUITMENT.format(**RIGHT)) == []


@pytest.mark.parametrize(
    ("change", "rule", "expected"),
    [
        ({"ratio": "17.16%"}, "ratio_as_percentage", "a plain number"),
        ({"ratio": "1.72"}, "ratio_does_not_follow", "1.50"),
        ({"ratio": "0.67"}, "wrong_direction", "1.50"),
        ({"name": "Relative likelihood, BME ÷ White"}, "wrong_direction", "0.67"),
        ({"likelihood": "27.5%"}, "percentage_does_not_follow", "25.0%"),
        ({"appointed_white": "130"}, "more_than_possible", "at most 120"),
    ],
)
def test_a_mistake_in_a_recruitment_table_is_named_with_what_it_should_be(
    tmp_path: Path, change: dict[str, str], rule: str, expected: str
) -> None:
    findings = _lint(tmp_path, RECRUITMENT.format(**{**RIGHT, **change}))
    mine = [finding for finding in findings if finding.rule == rule]
    assert mine and mine[0].expected == expected
    assert "table 1" in mine[0].place and "row" in mine[0].place


@pytest.mark.parametrize("ratio", ["1.5", "1.50", "1.496"])
def test_a_ratio_rounded_to_any_number_of_places_follows(tmp_path: Path, ratio: str) -> None:
    # 0.25 ÷ 0.1667 is 1.50 exactly, which three places print as 1.500
    findings = _lint(tmp_path, RECRUITMENT.format(**{**RIGHT, "ratio": ratio}))
    assert bool(findings) is (ratio == "1.496")


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        (
            "The relative likelihood of White applicants being appointed compared to BME applicants is "
            "17.16%.",
            "ratio_as_percentage",
        ),
        (
            "White applicants were 1.72 times more likely to be appointed from shortlisting.",
            "ratio_does_not_follow",
        ),
        ("BME applicants were 1.5 times more likely to be appointed from shortlisting.", "wrong_direction"),
        ("BME applicants were more likely to be appointed from shortlisting.", "wrong_direction"),
        ("Of all, 30 of 120 White applicants were appointed (27.0%).", "percentage_does_not_follow"),
        ("BME staff facing discrimination fell from 12.1% to 14.3%.", "wrong_sign"),
        ("BME representation is now 12.9%, up from 14.2% last year.", "wrong_sign"),
    ],
)
def test_a_sentence_that_its_table_or_itself_contradicts_is_found(
    tmp_path: Path, sentence: str, rule: str
) -> None:
    findings = _lint(tmp_path, f"{RECRUITMENT.format(**RIGHT)}<p>{sentence}</p>")
    assert rule in _rules(findings)
    assert all("paragraph" in finding.place for finding in findings)


@pytest.mark.parametrize(
    "sentence",
    [
        "White applicants were 1.5 times more likely to be appointed from shortlisting.",
        "Of all, 30 of 120 White applicants were appointed (25.0%).",
        "BME staff facing discrimination rose from 12.1% to 14.3%.",
        "Above 1.00, BME applicants were more likely to be appointed.",
        "It would have been 2.40 if all of Unknown ethnicity were White.",
        "Published on 31 October 2021 by 3 authors.",
    ],
)
def test_a_true_or_supposing_sentence_is_left_alone(tmp_path: Path, sentence: str) -> None:
    assert _lint(tmp_path, f"{RECRUITMENT.format(**RIGHT)}<p>{sentence}</p>") == []


def test_groups_swapped_between_two_tables_are_found(tmp_path: Path) -> None:
    first = "<table><caption>Workforce 2021</caption><tr><th></th><th>White</th><th>BME</th></tr><tr><th>Staff in workforce</th><td>900</td><td>100</td></tr></table>"
    second = first.replace("900", "x").replace("100", "900").replace("x", "100")
    assert _rules(_lint(tmp_path, first + second)) == {"swapped_groups"}


def test_one_figure_with_two_values_is_found(tmp_path: Path) -> None:
    again = "<table><caption>Key figures 2021</caption><tr><th></th><th>White</th><th>BME</th></tr><tr><th>Shortlisted applicants</th><td>124</td><td>60</td></tr></table>"
    assert _rules(_lint(tmp_path, RECRUITMENT.format(**RIGHT) + again)) == {"two_values"}


BANDS = """
<table><caption>Staff by band 2021</caption>
<tr><th>Band</th><th>White</th><th>BME</th><th>Unknown</th><th>Total</th><th>BME %</th></tr>
<tr><th>Band 5</th><td>{first}</td><td>10</td><td>0</td><td>{row}</td><td>{share}</td></tr>
<tr><th>Band 6</th><td>25</td><td>{cell}</td><td>1</td><td>31</td><td>16.1%</td></tr>
<tr><th>Total</th><td>{column}</td><td>15</td><td>1</td><td>81</td><td>18.5%</td></tr></table>
"""


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, set()),
        ({"row": "52"}, {"total_does_not_add"}),
        ({"column": "66"}, {"total_does_not_add"}),
        ({"share": "21.5%"}, {"percentage_does_not_follow"}),
        ({"cell": "withheld"}, set()),
        ({"first": "withheld"}, set()),
    ],
)
def test_the_rows_and_columns_of_a_band_table_add_up(
    tmp_path: Path, change: dict[str, str], rules: set[str]
) -> None:
    right = {"row": "50", "column": "65", "share": "20.0%", "cell": "5", "first": "40"}
    assert _rules(_lint(tmp_path, BANDS.format(**{**right, **change}))) == rules


def test_a_pro_forma_with_years_as_columns_is_read_by_its_row_labels(tmp_path: Path) -> None:
    page = tmp_path / "return.csv"
    page.write_text(
        "Descriptor,2019/20,2020/21,Change\n"
        "White applicants shortlisted,100,120,20\n"
        "BME applicants shortlisted,50,60,10\n"
        "White applicants appointed,20,30,-10\n"
        "BME applicants appointed,8,10,2\n"
        "Relative likelihood of White applicants being appointed compared to BME applicants,1.25,0.67,\n",
        encoding="utf-8",
    )
    assert _rules(lint_file(page)) == {"wrong_direction", "wrong_sign"}


def test_a_figures_file_of_the_house_is_worked_out_again(tmp_path: Path) -> None:
    import csv

    from tests.unit.reports.invented_return import invented_figures

    rows = [list(COLUMNS), *(to_text(table("figures"), each) for each in invented_figures(1, staff=400))]
    for name, change in (("right", ""), ("wrong", "ratio"), ("shown", "percent")):
        mine = [list(row) for row in rows]
        measure, value, shown = (COLUMNS.index(column) for column in ("measure", "value", "shown"))
        for row in mine:
            if change and row[measure] == "relative_likelihood_white_over_bme" and row[value]:
                if change == "ratio":
                    row[value] = repr(1 / float(row[value]))
                else:
                    row[shown] += "%"
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(mine)
    assert lint_file(tmp_path / "right.csv") == []
    assert _rules(lint_file(tmp_path / "wrong.csv")) == {"wrong_direction"}
    assert _rules(lint_file(tmp_path / "shown.csv")) == {"ratio_as_percentage"}


def test_files_of_one_folder_are_held_against_one_another(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(RECRUITMENT.format(**RIGHT), encoding="utf-8")
    other = {
        **RIGHT,
        "shortlisted_white": "90",
        "appointed_white": "30",
        "likelihood": "33.3%",
        "ratio": "2.00",
    }
    (tmp_path / "b.html").write_text(RECRUITMENT.format(**other), encoding="utf-8")
    assert _rules(lint_folder(tmp_path)) == {"two_values"}


def test_a_page_without_any_figure_has_no_finding(tmp_path: Path) -> None:
    assert _lint(tmp_path, "<p>Nothing to see.</p><table><tr><td>1</td></tr></table>") == []


def test_a_file_of_another_kind_is_refused_with_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "report.pptx"
    path.write_bytes(b"PK")
    with pytest.raises(UnreadablePage, match=r"\.html"):
        lint_file(path)
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(UnreadablePage):
        lint_file(path)
