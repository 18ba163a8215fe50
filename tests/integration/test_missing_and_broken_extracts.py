"""What is not there is said, and the rest is made; what would make a return wrong stops it, and says what to do.

Two runs of `wres run`: one on small organisations that each lack a kind of extract, one on an organisation whose pay scale
no list knows (stopped), which is run again with its own mapping, beside a workbook that cannot be opened.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import partial

import pytest
from python_calamine import CalamineWorkbook

from tests import annual_run, small_extracts
from tests.annual_run import MADE, MADE_WITH_FAILED_CHECKS, NOT_MADE, AnnualRun
from wres_pipeline import warehouse
from wres_pipeline.disclosure.protect import protect
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports import report_context

COMPLETE = "M00"
WITHOUT = {
    "M01": "esr_staff_list",
    "M02": "trac_applications",
    "M03": "employee_relations",
    "M04": "training",
    "M05": "appraisals",
    "M06": "staff_survey",
    "M07": "board",
}
REPORTED = (COMPLETE, "M01", "M04")
"""Reports take the longest: they are made for some; what marks a return incomplete is looked at for all."""
NOT_COLLECTED = {
    "esr_staff_list": {"1", "3", "4", "9", "race_disparity"},
    "trac_applications": {"2"},
    "employee_relations": {"3"},
    "training": {"4"},
    "appraisals": set(),
    "staff_survey": {"5", "6", "7", "8"},
    "board": {"9"},
}
"""Kind left out -> indicators whose measures are not collected."""
MEASURES = {
    "1": "percentage",
    "2": "relative_likelihood_white_over_bme",
    "3": "relative_likelihood_bme_over_white",
    "4": "relative_likelihood_white_over_bme",
    "5": "percentage",
    "6": "percentage",
    "7": "percentage",
    "8": "percentage",
    "9": "difference_from_workforce",
    "race_disparity": "lower_to_middle",
}
"""The measure an indicator exists for."""
IN_WORDS = {
    "esr_staff_list": "ESR staff list of 31 March",
    "trac_applications": "TRAC applications",
    "employee_relations": "employee relations cases",
    "training": "training records",
    "staff_survey": "staff survey",
    "board": "board members",
}


def figures(run: AnnualRun, code: str) -> list[Figure]:
    with warehouse.connect(run.warehouse, read_only=True) as con:
        return store.read(con, store.FIGURES, code, small_extracts.YEAR)


def workbook_text(run: AnnualRun, code: str) -> str:
    book = CalamineWorkbook.from_path(run.output / code / "2021" / "internal" / "annual-return.xlsx")
    return "\n".join(
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    )


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> AnnualRun:
    place = tmp_path_factory.mktemp("lacking")
    for code, kind in {COMPLETE: "", **WITHOUT}.items():
        # people of its own: the very same file in two bodies' folders would be a finding
        small_extracts.write(
            place / "extracts" / code,
            without={kind} - {""},
            people=partial(small_extracts.person, body=int(code[1:])),
        )
    (place / "extracts" / "M99").mkdir()
    (place / "extracts" / "M99" / "training_2019-03-31.csv").write_text("x", encoding="utf-8")
    return annual_run.make(place / "extracts", place, reports_for=REPORTED)


def test_clean_extracts_give_the_figures_worked_out_by_hand(lacking: AnnualRun) -> None:
    shown = {
        (f.indicator, f.measure, f.band, f.ethnic_group): f.shown
        for f in figures(lacking, COMPLETE)
        if not f.cluster
    }
    assert {key: shown.get(key) for key in small_extracts.FIGURES_BY_HAND} == small_extracts.FIGURES_BY_HAND


def test_a_run_whose_checks_all_pass_leaves_with_status_0_though_extracts_are_missing(
    lacking: AnnualRun,
) -> None:
    assert lacking.status == MADE, lacking.printed
    assert "Check failed" not in lacking.printed


@pytest.mark.parametrize(("code", "kind"), WITHOUT.items())
def test_without_a_kind_of_extract_its_indicators_are_not_collected_and_no_others(
    lacking: AnnualRun, code: str, kind: str
) -> None:
    found = figures(lacking, code)
    whole = {
        indicator: {f.state for f in found if (f.indicator, f.measure) == (indicator, measure)}
        for indicator, measure in MEASURES.items()
    }
    assert {i for i, states in whole.items() if states == {"not_collected"}} == NOT_COLLECTED[kind]
    untouched = set(MEASURES) - NOT_COLLECTED[kind]
    assert not [f for f in found if f.indicator in untouched - {"race_disparity"} and f.state == "not_collected" and not f.band
                and f.ethnic_group in ("White", "BME")]  # fmt: skip


@pytest.mark.parametrize(("code", "kind"), WITHOUT.items())
def test_the_figures_of_the_other_extracts_are_as_they_were(lacking: AnnualRun, code: str, kind: str) -> None:
    complete = {
        f.key[1:]: f.shown for f in figures(lacking, COMPLETE) if f.indicator not in NOT_COLLECTED[kind]
    }
    there = {f.key[1:]: f.shown for f in figures(lacking, code) if f.indicator not in NOT_COLLECTED[kind]}
    assert there == complete


@pytest.mark.parametrize(("code", "kind"), WITHOUT.items())
def test_the_extracts_a_return_lacks_are_named(lacking: AnnualRun, code: str, kind: str) -> None:
    with warehouse.connect(lacking.warehouse, read_only=True) as con:
        missing = report_context.gather(
            con, code, small_extracts.YEAR, figures(lacking, code), edition="internal", described={}
        ).missing_kinds
    assert missing == ((IN_WORDS[kind],) if NOT_COLLECTED[kind] else ())


@pytest.mark.parametrize("code", REPORTED)
def test_a_return_that_lacks_an_indicator_is_marked_incomplete(lacking: AnnualRun, code: str) -> None:
    kind = WITHOUT.get(code, "appraisals")
    text = workbook_text(lacking, code)
    page = (lacking.output / code / "2021" / "internal" / "index.html").read_text(encoding="utf-8")
    if NOT_COLLECTED[kind]:
        assert "This return is incomplete" in text and "not collected" in text
        assert f"Incomplete return. These were not supplied: {IN_WORDS[kind]}." in page
    else:
        assert "incomplete" not in text and "Incomplete return" not in page


def test_a_public_edition_without_a_staff_list_is_safe(lacking: AnnualRun) -> None:
    policy = Policy.of(dataclasses.asdict(years.load(small_extracts.YEAR).disclosure))
    assert not protect(figures(lacking, "M01"), policy).audit.failed


def test_an_organisation_with_nothing_for_the_year_is_left_out_and_said(lacking: AnnualRun) -> None:
    assert "M99: left out, its extracts hold nothing for 2021." in lacking.printed
    assert not (lacking.output / "M99").exists()


# Stopped, put right, and made


@dataclass(frozen=True)
class PutRight:
    """An organisation whose pay scale no list knows: a wrong mapping, no mapping, then the right one."""

    misspelt: AnnualRun
    stopped: AnnualRun
    made: AnnualRun


LOCAL_SCALE = "Spot salary 7"
CODE = "U01"


@pytest.fixture(scope="module")
def put_right(tmp_path_factory: pytest.TempPathFactory) -> PutRight:
    place = tmp_path_factory.mktemp("put_right")
    extracts = small_extracts.write(place / "extracts" / CODE)
    staff = extracts / "esr_staff_list_2021-03-31.csv"
    staff.write_text(
        staff.read_text(encoding="utf-8").replace("NHS|XR06|Review Body Band 6", LOCAL_SCALE),
        encoding="utf-8",
    )
    workbook = (annual_run.SAMPLE / "X01" / "employee_relations_2021-03-31.xlsx").read_bytes()
    (extracts / "employee_relations_2021-03-31.xlsx").write_bytes(workbook[: len(workbook) // 2])
    (extracts / "employee_relations_2021-03-31.csv").unlink()
    mapping = extracts / "mappings" / "pay_scales.csv"
    mapping.parent.mkdir()
    mapping.write_text(f"label,means\n{LOCAL_SCALE},Band 66\n", encoding="utf-8")
    misspelt = annual_run.make(place / "extracts", place)
    mapping.unlink()
    stopped = annual_run.make(place / "extracts", place)
    left = {path.name for path in (place / "output").rglob("*") if path.is_file()}
    assert left <= {"findings.csv", "texts-not-shown.csv"}, "a stopped run wrote a report"
    mapping.write_text(f"label,means\n{LOCAL_SCALE},Band 6\n", encoding="utf-8")
    return PutRight(misspelt, stopped, annual_run.make(place / "extracts", place))


def test_a_mapping_that_means_nothing_is_named_with_its_line_and_what_is_allowed(put_right: PutRight) -> None:
    assert put_right.misspelt.status == NOT_MADE
    assert "pay_scales.csv, line 2: 'Band 66' means nothing known; allowed: " in put_right.misspelt.printed


def test_a_pay_scale_no_list_knows_stops_the_return_and_names_label_and_file(put_right: PutRight) -> None:
    assert put_right.stopped.status == NOT_MADE
    told = put_right.stopped.printed
    assert re.search(r"Check failed .*pay scales have a band", told)
    assert f'"{LOCAL_SCALE}"' in told and "mappings/pay_scales.csv" in told
    assert "Not made." in told and "Written" not in told


def test_with_a_line_in_the_organisations_own_mapping_the_return_is_made(put_right: PutRight) -> None:
    assert put_right.made.status == MADE_WITH_FAILED_CHECKS
    bands = {
        f.band: f.shown
        for f in figures(put_right.made, CODE)
        if (f.indicator, f.measure, f.cluster, f.ethnic_group) == ("1", "headcount", "clinical", "")
    }
    assert (bands["Band 5"], bands["Band 6"]) == ("15", "15")


def test_a_broken_workbook_is_refused_with_a_reason_while_the_rest_goes_on(put_right: PutRight) -> None:
    told = put_right.made.printed
    assert (
        "to look at: employee_relations_2021-03-31.xlsx: The file was refused: the workbook cannot be read"
        in told
    )
    states = {
        f.indicator: f.state for f in figures(put_right.made, CODE) if f.measure == MEASURES[f.indicator]
    }
    assert (states["2"], states["3"]) == ("value", "not_collected")
    assert "This return is incomplete" in workbook_text(put_right.made, CODE)
