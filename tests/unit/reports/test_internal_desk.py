"""The internal edition as a desk: what stops the return comes first, and what is keyed is numbers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline import schema
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines import check_outcomes
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reports import report_context
from wres_pipeline.reports.context import ChangeSinceLastYear, Check
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site import since_last_run
from wres_pipeline.reports.site.desk import desk

FIGURES = FigureSet(invented_figures(), "XTR", 2021)
CONTEXT = replace(
    invented_context(), dated=date(2021, 8, 22), complete=True
)  # submission is due on 31 August


def test_a_failed_blocking_check_stops_the_return_and_stands_before_every_warning() -> None:
    checks = (
        Check("a warning", False, "warning", "look"),
        Check("passed", True, "blocking", ""),
        Check("bands sum", False, "blocking", "wrong"),
    )
    made = desk(FIGURES, CONTEXT, checks)
    assert [(one.number, one.stops, one.name) for one in made.todo] == [
        (1, True, "bands sum"),
        (2, False, "a warning"),
    ]
    assert made.headline == "Return 2021: not ready. 1 thing stops it, 1 to look at, 9 days to submission."
    assert made.passed == 1


def test_what_to_do_says_what_was_found_and_not_what_should_have_been() -> None:
    below = "the share of staff who declare their ethnicity is below the target"
    checks = (
        Check("Declaration meets the target", False, "warning", below),
        Check("Rows are whole", None, "warning", "there is no extract"),
    )
    assert [one.words for one in desk(FIGURES, CONTEXT, checks).todo] == [
        f"T{below[1:]}",
        "Rows are whole: there is no extract",
    ]


def test_what_the_findings_tell_already_is_not_told_twice() -> None:
    checks = (
        Check("no finding waits", False, "warning", "4 people have two primary assignments"),
        Check("one primary assignment each", False, "warning", "4 people", told=True),
    )
    made = desk(FIGURES, CONTEXT, checks)
    assert [one.name for one in made.todo] == ["no finding waits"] and "1 to look at" in made.headline


@pytest.mark.parametrize(
    ("waits", "severity", "passed", "told"),
    [
        (False, "warning", False, True),
        (True, "warning", False, False),  # confirmed, say: then nothing counts it and the check says it
        (False, "blocking", False, False),
        (False, "warning", None, False),
    ],
)
def test_a_check_is_told_by_the_findings_where_they_are_counted_and_it_stops_nothing(
    waits: bool, severity: str, passed: bool | None, told: bool
) -> None:
    with duckdb.connect() as con:
        schema.bring_up(con)
        check_outcomes.keep(
            con, 2021,
            [
                Outcome("no_finding_waits", "findings", "warning", "X01", waits, "4 people", 1),
                Outcome("one_primary_assignment_each", "core_workforce", severity, "X01", passed, "4 people", 1),
            ],
        )  # fmt: skip
        found = {check.name: check.told for check in report_context.checks(con, "X01", 2021)}
    assert found == {"No finding waits": False, "One primary assignment each": told}


def test_a_check_that_could_not_be_made_stops_the_return_as_a_failed_one_does() -> None:
    made = desk(FIGURES, CONTEXT, (Check("bands sum", None, "blocking", "could not run"),))
    assert made.todo[0].stops and "not ready" in made.headline


def test_a_return_with_nothing_in_its_way_is_ready_and_a_late_one_says_when_it_was_due() -> None:
    assert desk(FIGURES, CONTEXT, ()).headline == "Return 2021: ready to key. 9 days to submission."
    late = replace(CONTEXT, dated=date(2021, 9, 2))
    assert (
        desk(FIGURES, late, ()).headline == "Return 2021: ready to key. Submission was due on 31 August 2021."
    )


def test_extracts_that_are_missing_keep_the_return_from_being_ready() -> None:
    made = desk(FIGURES, replace(CONTEXT, complete=False), ())
    assert "not ready" in made.headline and "extracts are missing" in made.headline.lower()


def test_the_block_to_paste_holds_numbers_alone_and_nothing_the_form_works_out() -> None:
    made = desk(FIGURES, CONTEXT, ())
    lines = made.block.splitlines()
    worked_out = [item.item for item in made.keyed if item.worked_out]
    # 36, 37, 40, 41, 44, 45 are likelihoods and ratios; 57 to 63 are percentages of the board and their difference
    assert worked_out == [36, 37, 40, 41, 44, 45, 57, 58, 59, 60, 61, 62, 63]
    assert len(lines) == 63 - len(worked_out)
    assert all(set(cell) <= set("0123456789.-") for line in lines for cell in line.split("\t"))
    shortlisted = next(item for item in made.keyed if item.item == 34)
    printed = FIGURES.get("2", "shortlisted", group="White").shown
    assert shortlisted.cells[0] == printed.replace(",", "")


def test_real_changes_are_told_before_changes_of_definition_and_chance_is_left_out() -> None:
    changes = (
        ChangeSinceLastYear("7", "percentage", "definition", "The base changed."),
        ChangeSinceLastYear("2", "likelihood", "chance", "No more than chance."),
        ChangeSinceLastYear("1", "percentage", "real", "BME staff rose."),
    )
    made = desk(FIGURES, replace(CONTEXT, changes=changes), ())
    assert made.changes == ("Indicator 1: BME staff rose.", "Indicator 7: The base changed.")


def test_a_finding_is_told_with_its_remedy_in_the_place_of_the_check_that_counts_them() -> None:
    found = [
        Finding(
            "unknown_pay_scale", "blocks", "XTR", "71 people have a pay scale no list knows", "Add a line"
        ),
        Finding("two_posts", "look_at", "XTR", "4 people have two posts.", "put the flag right in ESR"),
        Finding(
            "two_posts", "look_at", "XTR", "9 people have three.", "", confirmed="the HR director, 1 May"
        ),
        Finding("said", "note", "XTR", "Nothing to do.", ""),
    ]
    checks = (Check("No finding blocks", False, "blocking", "see findings.csv"),)
    assert [(one.stops, one.words) for one in desk(FIGURES, CONTEXT, checks, findings=found).todo] == [
        (True, "71 people have a pay scale no list knows. Add a line."),
        (False, "4 people have two posts. Put the flag right in ESR."),
    ]
    assert [one.words for one in desk(FIGURES, CONTEXT, checks).todo] == ["See findings.csv"]


def test_what_moved_since_the_last_run_is_told_until_something_moves_again(tmp_path: Path) -> None:
    def ratio(shown: str) -> Figure:
        measure = "relative_likelihood_white_over_bme"
        return Figure("XTR", 2021, "2", measure, value=float(shown), unit="ratio", shown=shown)

    def run(before: str | None, now: str) -> tuple[str, ...]:
        stood = None if before is None else [ratio(before)]
        return since_last_run.told(tmp_path, stood, FigureSet([ratio(now)], "XTR", 2021))

    moved = ("Indicator 2, appointment from shortlisting: 1.31 before, 1.28 now.",)
    assert run(None, "1.31") == ()
    assert run("1.31", "1.31") == ()
    assert run("1.31", "1.28") == moved
    assert (
        run("1.28", "1.28") == moved
    )  # the same figures made again: a run cut short and repeated tells the same
    assert desk(FIGURES, CONTEXT, (), moved=moved).moved == moved
