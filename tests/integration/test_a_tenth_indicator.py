"""An indicator of a known shape that the package does not know: four files beside it, and it stands in every output.

Worked by hand from the thirty staff of `small_extracts` (20 White, 10 BME): 3 White and 3 BME entered the process in the year,
one of them twice, so BME ÷ White is (3/10) / (3/20) = 2.00. One case is of the year before, one of somebody not on the staff list.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import annual_run, small_extracts
from tests.annual_run import edition
from wres_pipeline.reference import indicators

FOLDER = Path(__file__).parent / "tenth_indicator"
CODE, YEAR = "RTT", small_extracts.YEAR
TITLE = "Entering the formal capability process"
RATIO = "relative_likelihood_bme_over_white"
ENTERED = (0, 1, 2, 20, 21, 22)


def python(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that knows the tenth indicator, as an organisation with one of its own would start it."""
    known = {
        "WRES_INDICATORS": str(FOLDER),
        "WRES_SETTINGS": str(annual_run.settings_file(place)),
        "WRES_DAGSTER_HOME": str(place / "home"),
        "DAGSTER_HOME": str(place / "home"),
        "PYTHONPATH": str(annual_run.ROOT),
    }
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        env=os.environ | known,
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tenth")
    extracts = small_extracts.write(place / "extracts" / CODE)
    cases = [(small_extracts.person(n).number, "01-JUN-2020") for n in (*ENTERED, ENTERED[0])]
    cases += [(small_extracts.person(5).number, "01-FEB-2020"), ("9999999", "01-JUN-2020")]
    with (extracts / "formal_capability_2021-03-31.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("Employee No", "Capability Start"), *cases])
    wanted = ("--organisation", CODE, "--year", str(YEAR), "--extracts", str(place / "extracts"))
    where = ("--output", str(place / "output"), "--warehouse", str(place / "warehouse.duckdb"))
    done = python(place, "-c", annual_run.ALONE, "run", *wanted, *where)
    assert done.returncode in (annual_run.MADE, annual_run.MADE_WITH_FAILED_CHECKS), done.stdout + done.stderr
    return place


def rows(run: Path, which: str) -> dict[tuple[str, str], dict[str, str]]:
    """(measure, group) -> the row of the tenth indicator of this year."""
    with (edition(run / "output", CODE, YEAR, which) / "figures.csv").open(encoding="utf-8") as lines:
        return {
            (row["measure"], row["ethnic_group"]): row
            for row in csv.DictReader(lines)
            if (row["indicator"], row["reporting_year"]) == ("10", str(YEAR))
        }


def test_the_package_itself_has_none() -> None:
    assert "10" not in indicators.NUMBERS


def test_its_figures_are_those_worked_by_hand(run: Path) -> None:
    shown = {name: row["shown"] for name, row in rows(run, "internal").items()}
    assert shown == {
        ("workforce", "White"): "20", ("workforce", "BME"): "10", ("workforce", "Unknown"): "0",
        ("entered_capability", "White"): "3", ("entered_capability", "BME"): "3", ("entered_capability", "Unknown"): "0",
        ("likelihood", "White"): "15.0%", ("likelihood", "BME"): "30.0%", ("likelihood", "Unknown"): "not calculable",
        (RATIO, ""): "2.00",
    }  # fmt: skip


def test_it_has_a_verdict_of_its_own_return(run: Path) -> None:
    assert rows(run, "internal")[RATIO, ""]["verdict"] == "too few"


def test_it_stands_on_a_page_in_the_workbook_and_on_the_slides(run: Path) -> None:
    internal = edition(run / "output", CODE, YEAR, "internal")
    page = (internal / "index.html").read_text(encoding="utf-8")
    assert TITLE in page and "BME staff were 2.00 times as likely as White staff to enter" in page
    book = CalamineWorkbook.from_path(str(next(internal.glob("*.xlsx"))))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert "Entered the formal capability process" in cells
    assert (edition(run / "output", CODE, YEAR, "public") / "indicator-10.html").exists()


def test_its_small_counts_are_withheld_from_the_public_edition_and_what_rests_on_them(run: Path) -> None:
    public = rows(run, "public")
    assert {public["entered_capability", group]["state"] for group in ("White", "BME")} == {"withheld"}
    assert public["entered_capability", "Unknown"]["shown"] == "0"
    assert public[RATIO, ""]["state"] == public["likelihood", "BME"]["state"] == "withheld"
    text = (edition(run / "output", CODE, YEAR, "public") / "indicator-10.html").read_text(encoding="utf-8")
    assert TITLE in text and "2.00" not in text and "30.0%" not in text


def test_who_is_not_in_the_workforce_is_counted_and_told(run: Path) -> None:
    page = (edition(run / "output", CODE, YEAR, "internal") / "index.html").read_text(encoding="utf-8")
    assert "Indicator 10: happened to people not in the workforce at the snapshot" in page


def test_a_year_without_its_extract_says_so(run: Path) -> None:
    with (edition(run / "output", CODE, YEAR, "internal") / "figures.csv").open(encoding="utf-8") as lines:
        before = [
            row
            for row in csv.DictReader(lines)
            if row["indicator"] == "10" and row["reporting_year"] == "2020"
        ]
    assert {row["state"] for row in before} <= {"not_collected"}


def test_the_generated_pages_of_the_documentation_hold_it(run: Path) -> None:
    done = python(run, "-m", "wres_pipeline.reports.data_dictionary", str(run / "docs"))
    assert done.returncode == 0, done.stderr
    text = (run / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert f"| 10 | {TITLE} |" in text and "formal_capability" in text and "process_started" in text
