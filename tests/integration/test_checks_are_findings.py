"""What a check of the extracts finds in a run, a finding has said before: `wres check` tells whatever a run will tell."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from evidence.faults_of_meaning import FAULTS, write
from evidence.meaning_bodies import YEAR, Body, Sheet, make
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import folder_events, landing, resubmission
from wres_pipeline.pipelines import checks
from wres_pipeline.quality import expectations, extract_findings
from wres_pipeline.quality.expectations import Expectation
from wres_pipeline.reference import years
from wres_pipeline.reference.local import LocalMappings

FAULT = {one.name: one for one in FAULTS}
TARGET = 0.9
OF_THE_WAREHOUSE = frozenset(
    {
        "rows_in_equal_rows_accounted_for",
        "every_row_is_stored",
        "every_row_has_its_own_number",
        "quarantine_holds_every_quarantined_row",
        "every_accepted_row_stands_in_core",
        "people_counted_once",
        "ethnic_states_are_the_four",
        "wres_groups_are_the_three",
        "shortlisted_not_more_than_applied",
    }
)
"""Checks of what the pipeline itself made of the rows: no file can fail them."""


def flags(body: Body) -> None:
    for row in body.sheets["esr_staff_list"].rows[:4]:
        row[body.sheets["esr_staff_list"].at("Primary")] = "N"


def several_rows(body: Body) -> None:
    sheet: Sheet = body.sheets["trac_applications"]
    at = sheet.at("Vacancy Reference")
    sheet.rows += [[*row[:at], f"{row[at]}9", *row[at + 1 :]] for row in sheet.rows[:3]]


def undeclared(body: Body) -> None:
    for row in body.sheets["esr_staff_list"].rows:
        row[body.sheets["esr_staff_list"].at("Ethnic Origin")] = "Z Not Stated"


BODIES: tuple[tuple[str, str | Callable[[Body], None]], ...] = (
    ("appointed_not_more_than_shortlisted", "trac_applications: headings Shortlisted and Appointed swapped"),
    ("appointed_were_shortlisted", "trac_applications: shortlisted twice, contradicting"),
    ("board_flags_can_be_read", "board: is_voting, a cross"),
    ("case_types_are_known", "employee_relations: a footer of the report"),
    ("ethnicity_texts_are_known", "esr_staff_list: unknown labels in ethnic_origin"),
    ("every_file_could_be_read", "training: completed under an unknown heading"),
    ("nothing_is_dated_after_its_extract", "training: days in the year after"),
    ("pay_scales_have_a_band", "esr_staff_list: unknown labels in pay_scale"),
    ("recruitment_stages_are_known", "trac_applications: a footer of the report"),
    ("staff_groups_have_a_cluster", "staff list: staff groups written once"),
    ("survey_percentages_are_percentages", "survey: percentages above 100"),
    ("one_primary_assignment_each", flags),
    ("every_application_stands_in_one_row", several_rows),
    ("declaration_meets_the_target", undeclared),
)


def unexpected(frame: pd.DataFrame, one: Expectation) -> pd.Series:
    """The rows of a frame that do not meet the expectation."""
    given = expectations._arguments(one, TARGET)
    if one.expectation == "ExpectColumnPairValuesToBeEqual":
        return frame[given["column_A"]] != frame[given["column_B"]]
    if one.expectation == "ExpectColumnPairValuesAToBeGreaterThanB":
        return frame[given["column_A"]] < frame[given["column_B"]]
    values = frame[given["column"]]
    if one.expectation == "ExpectColumnValuesToBeBetween":
        low, high = given.get("min_value", float("-inf")), given.get("max_value", float("inf"))
        return (values < low) | (values > high)
    known = values.isin(given["value_set"])
    return ~known if one.expectation == "ExpectColumnValuesToBeInSet" else known


def test_every_check_of_the_extracts_is_tried_here_or_is_one_no_file_can_fail() -> None:
    named = {one.check for one in expectations.of_assets(checks.OF_EXTRACTS)}
    rows = {name for name in named if name.startswith("every_accepted_row_stands_in_core_")}
    assert named - rows == OF_THE_WAREHOUSE | {check for check, _ in BODIES}


def test_whatever_check_fails_a_finding_of_its_weight_says_so(tmp_path: Path) -> None:
    codes = {}
    for number, (check, spoil) in enumerate(BODIES):
        rng = random.Random(f"checks {number}")
        body = make(f"Q{number:03d}", rng)
        if isinstance(spoil, str):
            FAULT[spoil].apply(body, rng)
        else:
            spoil(body)
        write(body, tmp_path / body.code)
        codes[check] = body.code
    bodies, year = sorted(codes.values()), years.load(YEAR)
    own = dict.fromkeys(bodies, LocalMappings())
    asked = {
        "organisations": bodies, "snapshot": year.snapshot_date, "period_start": year.period_start,
        "period_end": year.period_end, "survey_year": year.survey_year, "reporting_year": year.year,
    }  # fmt: skip
    failed = []
    with duckdb.connect() as con:
        now = datetime(2021, 5, 1)  # noqa: DTZ001
        report = landing.land_folder(con, tmp_path, bodies, now=now, mappings=own)
        folder_events.keep(con, tmp_path, bodies, report)
        resubmission.record(con, own, now=now)
        core.build(con, core.CORE_TABLES, bodies, own)
        found = extract_findings.gather(con, bodies, year, own, declaration_target=TARGET)
        for one in expectations.of_assets(checks.OF_EXTRACTS):
            frame = expectations._frame(con, one.frame, asked)
            if not frame.empty:
                failed += [(one, code) for code in frame["organisation_code"][unexpected(frame, one)]]
    for one, code in failed:
        mine = [f for f in found if f.organisation_code == code]
        if one.check == "declaration_meets_the_target":
            assert "declaration_below_target" in {f.code for f in mine}
        else:
            assert any(f.stops if one.severity == "blocking" else f.to_act_on for f in mine), (
                one.check,
                code,
            )
    assert set(codes.items()) <= {(one.check, code) for one, code in failed}
