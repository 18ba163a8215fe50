"""Mistakes in the words and layouts bodies really use: lists, sentences, board tables, tiers, Word and PDF.

The kinds are those seen in published reports (docs/evidence/lint_real_pages.md); the pages here are ours.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wres_pipeline.lint import Finding, lint_file, lint_files, lint_folder


def _page(folder: Path, body: str, name: str = "report.html") -> Path:
    path = folder / name
    path.write_text(f"<html><body><h1>Race equality 2022</h1>{body}</body></html>", encoding="utf-8")
    return path


def _said(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.found, one.expected) for one in findings]


RATIO = "relative likelihood of White applicants being appointed from shortlisting compared to BME applicants"


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>Indicator 2: {RATIO}</h2><ul><li>National 2021: 1.61%</li></ul>",
        f"<p>Indicator 2: {RATIO}</p><ul><li>Our Trust 2022 - 1.61%</li></ul>",
        "<p>Metric 2: percentage of White applicants appointed compared to BME applicants</p><ul><li>Trust: 1.61%</li></ul>",
        f"<table><tr><th>Measure</th><th>2022</th></tr><tr><td>{RATIO}</td><td>1.61%</td></tr></table>",
        f"<dl><dt>{RATIO}</dt><dd>England: 1.61 per cent</dd></dl>",
    ],
)
def test_a_ratio_with_a_percent_sign_is_found_in_a_list_or_a_table(tmp_path: Path, body: str) -> None:
    assert [one.rule for one in lint_file(_page(tmp_path, body))] == ["ratio_as_percentage"]


@pytest.mark.parametrize(
    "body",
    [
        # one value a group: likelihoods, whatever the heading calls them
        "<h2>Indicator 3: relative likelihood of staff entering the formal disciplinary process</h2>"
        "<ul><li>White staff - 0.7%</li><li>BAME staff - 1.2%</li></ul>",
        "<table><tr><th>Measure</th><th>White</th><th>BME</th></tr>"
        "<tr><td>Number shortlisted</td><td>400</td><td>300</td></tr><tr><td>Number appointed</td><td>100</td><td>60</td></tr>"
        "<tr><td>Relative likelihood of appointment from shortlisting</td><td>0.25</td><td>0.20</td></tr></table>",
        f"<h2>Indicator 2: {RATIO}</h2><ul><li>Trust 2022: 1.25</li></ul>",
        f"<h2>Indicator 2: {RATIO}</h2><p>24.2% of our staff are BME.</p>",
    ],
)
def test_a_likelihood_of_each_group_is_no_ratio(tmp_path: Path, body: str) -> None:
    assert lint_file(_page(tmp_path, body)) == []


EVENTS = (
    "<h2>Indicator 3</h2><table><tr><th>Group</th><th>Workforce</th><th>Entered the formal disciplinary process</th></tr>"
    "<tr><td>White</td><td>1,000</td><td>10</td></tr><tr><td>BME</td><td>400</td><td>6</td></tr></table>"
)  # 1.0% and 1.5%: BME ÷ White is 1.5, White ÷ BME 0.67


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("BME staff are 50% more likely than White staff to enter the process.", []),
        ("BME staff were 1.5 times as likely to be disciplined.", []),
        ("White staff are 33% less likely to enter the formal disciplinary process.", []),
        ("BME staff are 33% less likely to enter the formal disciplinary process.", ["wrong_direction"]),
        ("BME staff are 50% less likely to enter the formal disciplinary process.", ["wrong_direction"]),
        ("BME staff were twice as likely to enter the formal disciplinary process.", []),  # within a rounded half
        ("Black and minority ethnic staff were three times as likely to be disciplined.", ["ratio_does_not_follow"]),
        ("White staff remain 1.5 times more likely to be disciplined.", ["wrong_direction"]),
    ],
)  # fmt: skip
def test_how_much_more_or_less_likely_is_held_against_the_table(
    tmp_path: Path, sentence: str, rules: list[str]
) -> None:
    assert [one.rule for one in lint_file(_page(tmp_path, f"{EVENTS}<p>{sentence}</p>"))] == rules


def test_a_row_called_staff_is_the_base_of_the_events_below_it(tmp_path: Path) -> None:
    body = (
        "<h2>Indicator 3</h2><table><tr><th></th><th>White</th><th>BAME</th></tr><tr><td>Staff</td><td>1,600</td><td>500</td></tr>"
        "<tr><td>Entered the formal disciplinary process</td><td>8</td><td>7</td></tr></table>"
        "<p>Relative likelihood of BAME staff entering the formal disciplinary process compared to White staff: {}</p>"
    )  # 0.5% and 1.4%: 2.8; the rounded 1 ÷ 1 or 1.4 ÷ 0.5 must give 2.8 as well
    assert lint_file(_page(tmp_path, body.format("2.8"))) == []
    assert _said(lint_file(_page(tmp_path, body.format("2.5")))) == [("ratio_does_not_follow", "2.5", "2.80")]


BOARD = (
    "<h2>Indicator 9</h2><table><tr><th>Measure</th><th>White</th><th>BME</th></tr>"
    "<tr><td>Total board members</td><td>{total}</td><td>3</td></tr><tr><td>Voting members</td><td>9</td><td>2</td></tr>"
    "<tr><td>Non-voting members</td><td>3</td><td>1</td></tr><tr><td>Executive members</td><td>7</td><td>1</td></tr>"
    "<tr><td>Non-executive members</td><td>5</td><td>2</td></tr>"
    "<tr><td>Total board members, % by ethnicity</td><td>80.0%</td><td>20.0%</td></tr>"
    "<tr><td>Overall workforce, % by ethnicity</td><td>70.0%</td><td>30.0%</td></tr>"
    "<tr><td>Difference (total board less overall workforce)</td><td>10.0%</td><td>{difference}</td></tr></table>"
)


@pytest.mark.parametrize(
    ("total", "difference", "found"),
    [
        ("12", "-10.0%", []),
        ("12", "−10%", []),
        ("12", "10.0%", [("wrong_sign", "10.0%", "-10.0")]),
        ("12", "-12.5%", [("difference_does_not_follow", "-12.5%", "-10.0")]),
    ],
)
def test_the_difference_of_board_and_workforce_has_its_sign(
    tmp_path: Path, total: str, difference: str, found: list[tuple[str, str, str]]
) -> None:
    assert _said(lint_file(_page(tmp_path, BOARD.format(total=total, difference=difference)))) == found


def test_voting_and_non_voting_members_make_the_board_and_so_do_executives_and_others(tmp_path: Path) -> None:
    findings = lint_file(_page(tmp_path, BOARD.format(total="13", difference="-10.0%")))
    assert {(one.rule, one.found, one.expected) for one in findings} >= {("total_does_not_add", "13", "12")}


TIERS = (
    "<table><tr><th>Ratio</th><th>Value</th></tr><tr><td>Lower to middle</td><td>1.20</td></tr>"
    "<tr><td>Middle to upper</td><td>1.50</td></tr><tr><td>Lower to upper</td><td>{}</td></tr></table>"
)


@pytest.mark.parametrize(
    ("whole", "rules"), [("1.80", []), ("1.81", []), ("2.70", ["ratio_does_not_follow"])]
)
def test_the_ratio_from_lower_to_upper_is_the_product_of_the_other_two(
    tmp_path: Path, whole: str, rules: list[str]
) -> None:
    body = "<h2>Race disparity ratio</h2>" + TIERS.format(whole)
    assert [one.rule for one in lint_file(_page(tmp_path, body))] == rules


def test_tiers_that_are_counted_on_the_page_give_its_ratios(tmp_path: Path) -> None:
    counts = (
        "<table><tr><th>Tier</th><th>White</th><th>BME</th></tr><tr><td>Lower</td><td>500</td><td>200</td></tr>"
        "<tr><td>Middle</td><td>300</td><td>100</td></tr><tr><td>Upper</td><td>200</td><td>40</td></tr></table>"
    )  # (300/500)/(100/200) = 1.20; (200/300)/(40/100) = 1.67; (200/500)/(40/200) = 2.00
    body = "<h2>Race disparity ratio</h2>" + counts + TIERS.format("2.00")
    assert _said(lint_file(_page(tmp_path, body))) == [("ratio_does_not_follow", "1.50", "1.67")]


def test_a_word_file_is_read_with_its_headings_tables_and_lists(tmp_path: Path) -> None:
    import docx

    file = docx.Document()
    file.add_heading("WRES report 2022", 1)
    file.add_heading(f"Indicator 2: {RATIO}", 2)
    file.add_paragraph("Trust 2022: 1.61%", style="List Bullet")
    table = file.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows,
        (("", "White", "BME"), ("Shortlisted", "100", "60"), ("Appointed", "20", "70")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    path = tmp_path / "report.docx"
    file.save(str(path))
    assert {one.rule for one in lint_file(path)} >= {"ratio_as_percentage", "more_than_possible"}


def test_a_pdf_is_read_with_its_ruled_tables_and_its_text(tmp_path: Path) -> None:
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    path = tmp_path / "report.pdf"
    with PdfPages(path) as pdf:
        page = Figure(figsize=(8.3, 11.7))
        page.text(0.1, 0.9, "Indicator 2: appointment from shortlisting, 2022", fontsize=11)
        page.text(0.1, 0.6, "Of all, 30 of 120 White applicants were appointed (35.0%).", fontsize=11)
        axes = page.add_axes((0.1, 0.7, 0.8, 0.15))
        axes.axis("off")
        axes.table(
            cellText=[
                ["", "White", "BME"],
                ["Number shortlisted", "120", "60"],
                ["Number appointed", "30", "90"],
            ],
            loc="center",
        )
        pdf.savefig(page)
    assert {one.rule for one in lint_file(path)} == {"percentage_does_not_follow", "more_than_possible"}


def test_bodies_in_folders_of_their_own_are_not_held_against_one_another(tmp_path: Path) -> None:
    for code, ratio in (("A", "1.20"), ("B", "1.90")):
        (tmp_path / code).mkdir()
        _page(
            tmp_path / code, f"<h2>Indicator 2: {RATIO}, 2022</h2><ul><li>Our organisation: {ratio}</li></ul>"
        )
    assert lint_folder(tmp_path) == []


def test_a_review_of_another_body_does_not_contradict_the_body_it_is_published_by(tmp_path: Path) -> None:
    own = "<h2>Indicator 5: abuse from patients, 2022</h2><table><tr><th></th><th>Percentage</th></tr><tr><td>BME staff</td><td>{}</td></tr></table>"
    first = _page(tmp_path, own.format("20.0%"), "index.html")
    second = _page(tmp_path, own.format("31.0%"), "provider-review.html")
    assert lint_files([first, second]) == []
    third = _page(tmp_path, own.format("31.0%"), "indicator-5.html")
    assert [one.rule for one in lint_files([first, third])] == ["two_values"]


PROFILE = (
    "<table><tr><th>Ethnicity</th><th>Number of colleagues</th><th>% of workforce</th></tr><tr><td>BME</td><td>200</td><td>{}</td></tr>"
    "<tr><td>White</td><td>750</td><td>75%</td></tr><tr><td>Not declared</td><td>50</td><td>5%</td></tr></table>"
)  # 200 of 1,000; of the 950 who declare it is 21%, which bodies print as well


@pytest.mark.parametrize(
    ("share", "rules"), [("20%", []), ("21%", []), ("26%", ["percentage_does_not_follow"])]
)
def test_groups_down_the_rows_make_their_percentages(tmp_path: Path, share: str, rules: list[str]) -> None:
    assert [one.rule for one in lint_file(_page(tmp_path, PROFILE.format(share)))] == rules


CASES = Path(__file__).parents[3].parent / "shared" / "cases" / "lint"


def test_the_cases_of_others_are_found_and_their_right_pages_are_left_alone() -> None:
    if not CASES.is_dir():
        pytest.skip("the cases of ../shared/cases/lint are not on this machine")
    with (CASES / "EXPECTED.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["file"]: int(row["mistakes"]) for row in csv.DictReader(file)}
    found = {name: len(lint_file(CASES / name)) for name in wanted}
    assert {name: bool(count) for name, count in wanted.items()} == {
        name: bool(count) for name, count in found.items()
    }
    assert (found["15_board.html"], found["18_disp.html"], found["kmpt.html"]) == (2, 1, 1)


def test_pages_as_bodies_publish_them_give_their_mistakes_and_no_false_finding(tmp_path: Path) -> None:
    from evidence.real_pages import outcome, pages

    for page in pages():
        found, missed, false = outcome(page, tmp_path)
        assert (missed, false) == (set(), []), (page.address, found)
