"""Every remedy that a finding prints is followed to the letter, and then the finding is gone, or is what the remedy promised.

`FOLLOWED` has a line for each kind of finding that the code can make; a new kind without one fails the first test.
"""

from __future__ import annotations

import ast
import random
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidence.faults_of_meaning import FAULTS, write
from evidence.meaning_bodies import Body, Sheet, make
from evidence.meaning_faults import as_day
from tests.integration import test_remedies_work as by_hand
from wres_pipeline.commands import check
from wres_pipeline.extracts.outcomes.findings import Finding, by_organisation
from wres_pipeline.settings import load

ROOT = Path(__file__).parents[2] / "wres_pipeline"
MAKERS = {"Finding", "told", "about", "_one", "one", "Measure", "_finding"}
PLACES = ("extracts", "quality", "reports/delivery_findings.py")

SEND_AGAIN, MAP, CONFIRM, NOTHING, ELSEWHERE = "send again", "map", "confirm", "nothing", "elsewhere"
"""How a remedy is followed: the sound file in the place of this one; the line it prints added to the mapping it names; a
confirmation with the mark it prints; nothing, as it says, and no figure is kept from print; or in a test of its own."""
SENDS = re.compile(
    r"\b(send|export|put right|add the column|take the (one|wrong)|write|leave one row|look which)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """spoil: a fault by name, or what is done to the body; how: ways the remedy names, each followed by itself."""

    spoil: str | Callable[[Body], None]
    how: tuple[str, ...]
    means: str = ""


def lists(change: Callable[[Sheet], None]) -> Callable[[Body], None]:
    """A list of the year before stands in the folder; this year's is changed."""

    def spoil(body: Body) -> None:
        change(with_history(body))

    return spoil


def with_history(body: Body) -> Sheet:
    now = body.sheets["esr_staff_list"]
    for n, row in enumerate(now.rows):
        row[now.at("Latest Start Date")] = "11-APR-2015"
        now.rows[n] = [*row, ("North", "South")[n % 2]]
    now.headings.append("Org L4")
    before = Sheet("esr_staff_list_2020-03-31", list(now.headings), [list(row) for row in now.rows[:-1]])
    body.sheets["esr_staff_list_before"] = before
    return now


def cut(sheet: Sheet) -> None:
    sheet.rows = sheet.rows[: len(sheet.rows) // 3]


def one_row(sheet: Sheet) -> None:
    sheet.rows = sheet.rows[:1]


def doubled(sheet: Sheet) -> None:
    sheet.rows += [[f"77{row[0][2:]}", f"77{row[1][2:]}", *row[2:]] for row in sheet.rows]


def renumbered(sheet: Sheet) -> None:
    sheet.rows = [[f"66{row[0][2:]}", f"66{row[1][2:]}", *row[2:]] for row in sheet.rows]


def without(heading: str, text: str) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        sheet.rows = [row for row in sheet.rows if text not in row[sheet.at(heading)]]

    return change


def everywhere(heading: str, text: str, share: int = 1) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        for row in sheet.rows[::share]:
            row[sheet.at(heading)] = text

    return change


def in_kind(kind: str, change: Callable[[Sheet], None]) -> Callable[[Body], None]:
    return lambda body: change(body.sheets[kind])


def same_as_last_year(body: Body) -> None:
    now = with_history(body)
    body.sheets["esr_staff_list_before"].rows = [list(row) for row in now.rows]


def many(sheet: Sheet) -> None:
    """Four times as many applications, each with an id of its own."""
    sheet.rows = [[f"{row[0]}{n}", *row[1:]] for row in sheet.rows for n in range(4)]


def unsaid(sheet: Sheet) -> None:
    everywhere("Ethnic Origin", "", 2)(sheet)
    everywhere("Ethnic Origin", "", 3)(sheet)


def filled_down(sheet: Sheet) -> None:
    many(sheet)
    everywhere("Ethnic Origin", "WHITE - British")(sheet)


def months_cut(sheet: Sheet) -> None:
    many(sheet)
    at = sheet.at("Date Applied")
    for row in sheet.rows:
        day = as_day(row[at])
        if day is not None and day.month in (4, 5, 6):
            row[at] = "11-AUG-2020"


def again_shortlisted(sheet: Sheet) -> None:
    at = sheet.at("Vacancy Reference")
    sheet.rows += [[*row[:at], f"{row[at]}9", *row[at + 1 :]] for row in sheet.rows[:3]]


def nobody_taken(sheet: Sheet) -> None:
    many(sheet)
    for row in sheet.rows:
        row[sheet.at("Appointed")], row[sheet.at("Current Stage")] = "N", "Outcome"


def no_percentage(sheet: Sheet) -> None:
    sheet.rows.append(["Q13a", "Asian staff", "*", "9", "experienced"])


def ongoing(sheet: Sheet) -> None:
    sheet.rows[0][sheet.at("End")] = "ongoing"


def two_days(body: Body) -> None:
    sheet = body.sheets["esr_staff_list"]
    body.sheets["other"] = Sheet("esr_staff_list_2021-03-31_v2", sheet.headings, sheet.rows[:-1])


def another_day(body: Body) -> None:
    body.sheets["esr_staff_list"].stem = "esr_staff_list_2021-03-30"


def stacked(body: Body) -> None:
    """The list of February above that of March, told apart by a column."""
    sheet = body.sheets["esr_staff_list"]
    sheet.headings.append("Effective Date")
    sheet.rows = [[*row, day] for day in ("28-FEB-2021", "31-MAR-2021") for row in sheet.rows]


def twice_otherwise(sheet: Sheet) -> None:
    at = sheet.at("Ethnic Origin")
    for text in ("A White - British", "H Asian or Asian British - Indian"):
        sheet.rows.append([*sheet.rows[0][:at], text, *sheet.rows[0][at + 1 :]])


def all_white(sheet: Sheet) -> None:
    doubled(sheet)  # so many, whatever the size of the body, that one group alone is odd
    everywhere("Ethnic Origin", "A White - British")(sheet)


def turned_round(sheet: Sheet) -> None:
    percent, measure = sheet.at("Percent"), sheet.at("Measure")
    for row in sheet.rows:
        row[percent], row[measure] = f"{100 - float(row[percent]) / 3:.1f}", ""


def letter_for_a_digit(sheet: Sheet) -> None:
    sheet.rows[0] = [sheet.rows[0][0].replace("0", "O"), *sheet.rows[0][1:]]


def another_body(body: Body) -> None:
    body.code = "XTR"


FOLLOWED: dict[str, Case] = {
    "another_day_said": Case(stacked, (SEND_AGAIN, CONFIRM)),
    "applications_not_found_again": Case(
        "applications delivered again, ids with numbers of another kind", (SEND_AGAIN,)
    ),
    "applicants_of_one_group": Case(in_kind("trac_applications", filled_down), (SEND_AGAIN, CONFIRM)),
    "application_in_several_rows": Case(
        in_kind("trac_applications", again_shortlisted), (SEND_AGAIN, CONFIRM)
    ),
    "appointed_not_shortlisted": Case(
        "trac_applications: headings Shortlisted and Appointed swapped", (SEND_AGAIN,)
    ),
    "attendance_not_read": Case(
        "training: bookings not attended, with the day of the course", (SEND_AGAIN, CONFIRM)
    ),
    "column_blank": Case(in_kind("board", everywhere("Ethnic Origin", "")), (SEND_AGAIN,)),
    "column_missing": Case("training: is_mandatory under an unknown heading", (SEND_AGAIN,)),
    "columns_twice": Case("esr_staff_list: ethnic_origin twice, contradicting", (SEND_AGAIN,)),
    "dates_not_read": Case("training: words for days in completed", (SEND_AGAIN,)),
    "dates_out_of_range": Case("training: the wrong century in completed", (SEND_AGAIN,)),
    "dates_still_open": Case(in_kind("board", ongoing), (NOTHING,)),
    "day_month_order_not_proven": Case(
        "training: month before day, no day after the 12th, in completed", (SEND_AGAIN,)
    ),
    "declaration_below_target": Case(
        in_kind("esr_staff_list", everywhere("Ethnic Origin", "Z Not Stated", 2)), (NOTHING,)
    ),
    "days_out_of_order": Case(
        "employee_relations: the wrong century in formal_investigation_started", (SEND_AGAIN,)
    ),
    "error_cells": Case("training: errors in completed", (SEND_AGAIN,)),
    "ethnic_codes_by_list": Case("esr_staff_list: codes of 16+1", (NOTHING,)),
    "ethnic_codes_not_proven": Case("board: codes after the census of 2001", (SEND_AGAIN,)),
    "ethnicity_mostly_blank": Case(in_kind("trac_applications", unsaid), (SEND_AGAIN, CONFIRM)),
    "ethnicity_written_once": Case("esr_staff_list: ethnicity written once", (SEND_AGAIN, CONFIRM)),
    "ethnicity_not_understood": Case("esr_staff_list: ethnicity, cut after 12 characters", (SEND_AGAIN,)),
    "ethnicity_written_in_two_ways": Case(
        in_kind("esr_staff_list", everywhere("Ethnic Origin", "Indian", 10)), (NOTHING,)
    ),
    "ethnic_group_changed": Case(
        "esr_staff_list: ethnic_origin sorted by itself, beside a list of the year before",
        (SEND_AGAIN, CONFIRM),
    ),
    "ethnic_share_moved": Case(lists(everywhere("Ethnic Origin", "Z Not Stated", 2)), (SEND_AGAIN, CONFIRM)),
    "export_cut_off": Case("training: cut at the limit of the export, which says so", (SEND_AGAIN,)),
    "file_refused": Case("training: completed under an unknown heading", (SEND_AGAIN, MAP)),
    "flags_blank": Case(in_kind("board", everywhere("Voting", "", 3)), (SEND_AGAIN, MAP)),
    "flags_left_to_the_stage": Case(
        "trac_applications: the day of shortlisting or nothing, under stages that go on", (SEND_AGAIN, MAP)
    ),
    "flags_not_read": Case("board: is_voting, Oui and Non", (SEND_AGAIN,)),
    "heading_not_known": Case("trac_applications: date_applied under an unknown heading", (MAP,)),
    "gender_for_ethnicity": Case("board: ethnicity, the letters of gender", (SEND_AGAIN, CONFIRM)),
    "headings_in_another_order": Case("esr_staff_list: two exports in two orders", (SEND_AGAIN,)),
    "headings_not_used": Case("esr_staff_list: assignment_category under an unknown heading", (NOTHING,)),
    "hidden_rows": Case("staff list: hidden rows", (SEND_AGAIN,)),
    "label_blank": Case(
        in_kind("employee_relations", everywhere("Case Type", "", 3)), (MAP,), means="grievance"
    ),
    "label_not_known": Case(
        in_kind("board", everywhere("Ethnic Origin", "White Manx", 3)), (MAP,), means="B"
    ),
    "leavers_not_read": Case("esr_staff_list: people who left, by another word", (SEND_AGAIN, CONFIRM)),
    "last_row_short": Case("board: the last row cut short", (SEND_AGAIN,)),
    "members_contradict": Case(in_kind("board", twice_otherwise), (SEND_AGAIN,)),
    "merged_cells": Case("training: numbers merged over rows", (SEND_AGAIN,)),
    "more_appointed_than_shortlisted": Case(
        "trac_applications: headings Shortlisted and Appointed swapped", (SEND_AGAIN,)
    ),
    "month_before_day": Case("trac_applications: month before day in date_applied", (NOTHING,)),
    "months_without_rows": Case(in_kind("trac_applications", months_cut), (SEND_AGAIN, CONFIRM)),
    "no_value_given": Case(in_kind("staff_survey", no_percentage), (NOTHING,)),
    "nobody_appointed": Case(in_kind("trac_applications", nobody_taken), (SEND_AGAIN, CONFIRM)),
    "none_in_the_year": Case("training: the wrong century in completed", (SEND_AGAIN, CONFIRM)),
    "not_yet_started": Case("esr_staff_list: people who start after the day", (SEND_AGAIN, CONFIRM)),
    "nothing_usable": Case(in_kind("training", everywhere("Employee Number", "")), (SEND_AGAIN,)),
    "numbers_mistyped": Case(in_kind("training", letter_for_a_digit), (SEND_AGAIN,)),
    "numbers_not_in_staff_list": Case("training: numbers of another system", (SEND_AGAIN,)),
    "numbers_not_kept": Case(lists(renumbered), (SEND_AGAIN, CONFIRM)),
    "numbers_not_read": Case("survey: decimal commas", (SEND_AGAIN,)),
    "numbers_of_many": Case("staff list: one number for everybody", (SEND_AGAIN,)),
    "numbers_out_of_range": Case("survey: percentages above 100", (SEND_AGAIN,)),
    "numbers_repaired": Case("training: numbers with an apostrophe", (NOTHING,)),
    "one_group_only": Case(in_kind("esr_staff_list", all_white), (SEND_AGAIN, CONFIRM)),
    "one_ethnicity_for_all": Case("board: ethnicity, one answer for everybody", (NOTHING,)),
    "people_missing": Case(lists(cut), (SEND_AGAIN, CONFIRM)),
    "people_more": Case(lists(doubled), (SEND_AGAIN, CONFIRM)),
    "percentages_as_fractions": Case("survey: fractions", (SEND_AGAIN,)),
    "percentages_of_two_scales": Case("survey: one fraction among percentages", (SEND_AGAIN,)),
    "percentages_rounded": Case("survey: percentages rounded to tens", (SEND_AGAIN,)),
    "percentages_turned_round": Case(in_kind("staff_survey", turned_round), (SEND_AGAIN,)),
    "percentages_unclear": Case("survey: fractions without a base and without indicator 7", (SEND_AGAIN,)),
    "primary_not_one": Case(in_kind("esr_staff_list", everywhere("Primary", "N", 3)), (SEND_AGAIN, CONFIRM)),
    "rows_at_a_limit": Case("training: cut at a thousand rows, in silence", (SEND_AGAIN, CONFIRM)),
    "rows_not_used": Case("training: numbers in scientific notation", (SEND_AGAIN,)),
    "same_content_elsewhere": Case(same_as_last_year, (SEND_AGAIN, CONFIRM)),
    "several_organisations": Case("esr_staff_list: another trust's people below", (SEND_AGAIN, CONFIRM)),
    "site_missing": Case(lists(without("Org L4", "South")), (SEND_AGAIN, CONFIRM)),
    "staff_group_missing": Case(lists(without("Staff Group", "Nursing")), (SEND_AGAIN, CONFIRM)),
    "staff_list_of_another_day": Case(another_day, (SEND_AGAIN,)),
    "staff_list_too_small": Case(in_kind("esr_staff_list", one_row), (SEND_AGAIN,)),
    "survey_rows_contradict": Case("survey: last year's rows above this year's", (SEND_AGAIN,)),
    "two_files_of_one_day": Case(two_days, (SEND_AGAIN,)),
    # followed in tests of their own, named here
    "confirmation_not_used": Case("test_remedies_work", (ELSEWHERE,)),
    "counts_not_whole": Case("test_counts_in_place_of_rows", (ELSEWHERE,)),
    "counts_contradict": Case("test_counts_in_place_of_rows", (ELSEWHERE,)),
    "counts_differ_from_rows": Case("test_counts_in_place_of_rows", (ELSEWHERE,)),
    "extract_after_the_day": Case("test_counts_in_place_of_rows", (ELSEWHERE,)),
    "extract_left_out": Case("test_remedies_work", (ELSEWHERE,)),
    "file_gone": Case("test_the_folder_is_what_counts", (ELSEWHERE,)),
    "file_not_used": Case("test_remedies_work", (ELSEWHERE,)),
    "file_restored": Case("test_the_folder_is_what_counts", (ELSEWHERE,)),
    "hidden_sheet": Case("test_remedies_work", (ELSEWHERE,)),
    "how_it_was_read": Case("test_remedies_work", (ELSEWHERE,)),
    "mapping_not_read": Case("test_check_and_run_find_the_same", (ELSEWHERE,)),
    "no_dont_know": Case("test_counts_in_place_of_rows", (ELSEWHERE,)),
    "numbers_of_another_body": Case("test_remedies_work", (ELSEWHERE,)),
    "sheet_as_wide": Case("test_cell_details", (ELSEWHERE,)),
    "struck_through": Case("test_cell_details", (ELSEWHERE,)),
    "survey_year_not_mapped": Case("test_a_survey_nobody_has_mapped", (ELSEWHERE,)),
    "written_file_not_read": Case("test_remedies_work", (ELSEWHERE,)),
}


def codes_of_the_code() -> set[str]:
    """Every literal that a maker of findings is given as its code."""
    found: set[str] = set()
    for place in PLACES:
        paths = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
        for path in paths:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if not isinstance(node, ast.Call):
                    continue
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                texts = [
                    a.value for a in node.args[:3] if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                if name in MAKERS:
                    found |= {text for text in texts if re.fullmatch(r"[a-z]+(_[a-z]+)+", text)}
    return found - {"look_at"}


def test_every_finding_the_code_can_make_has_a_remedy_that_is_followed() -> None:
    assert codes_of_the_code() - set(FOLLOWED) == set()


def test_what_is_followed_in_a_test_of_its_own_is_named_in_that_test() -> None:
    tests = {path.stem: path for path in Path(__file__).parents[1].rglob("test_*.py")}
    for code, case in FOLLOWED.items():
        if case.how == (ELSEWHERE,):
            assert f'"{code}"' in tests[str(case.spoil)].read_text(encoding="utf-8"), code


WAYS = [(code, way) for code, case in sorted(FOLLOWED.items()) for way in case.how if way != ELSEWHERE]
ORGANISATIONS = {one: f"R{number:03d}" for number, one in enumerate(WAYS)}


def bodies_of(case: Case, organisation: str) -> tuple[Body, Body]:
    """(a body with its sound files, the same with the fault)."""
    sound = make(organisation, random.Random(organisation))
    spoilt = deepcopy(sound)
    if callable(case.spoil):
        case.spoil(spoilt)
        if any(name.endswith("_before") for name in spoilt.sheets):
            with_history(sound)
    else:
        next(one for one in FAULTS if one.name == case.spoil).apply(spoilt, random.Random(8))
        if "esr_staff_list_2020-03-31" in spoilt.sheets:
            sound.sheets["esr_staff_list_2020-03-31"] = spoilt.sheets["esr_staff_list_2020-03-31"]
    return sound, spoilt


@dataclass(frozen=True)
class Followed:
    """What was found of every body before its remedy was followed, the finding that was, and what was found after."""

    told: dict[tuple[str, str], Finding]
    after: dict[str, list[Finding]]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """Each way of each remedy followed in a body of its own, all looked at together."""
    home = tmp_path_factory.mktemp("remedies")
    place = home / "in"
    sound: dict[str, Body] = {}
    for (code, _), organisation in ORGANISATIONS.items():
        sound[organisation], spoilt = bodies_of(FOLLOWED[code], organisation)
        write(spoilt, place / organisation)
    told: dict[tuple[str, str], Finding] = {}
    before = look(place, home)
    for (code, way), organisation in ORGANISATIONS.items():
        one = next((f for f in before.get(organisation, []) if f.code == code), None)
        if one is None:
            continue
        told[code, way] = one
        if way == SEND_AGAIN:
            shutil.rmtree(place / organisation)
            write(sound[organisation], place / organisation)
        elif way == MAP:
            follow_the_line(place / organisation, one, FOLLOWED[code].means)
        elif way == CONFIRM:
            (place / organisation / "confirmations.yaml").write_text(
                f"confirmations:\n- {{finding: {one.code}, mark: '{one.mark}', file: {one.file}, reason: it is so, "
                "role: Head of Workforce, until: 2099-03-31}\n"
            )
    return Followed(told, look(place, home))


def look(place: Path, home: Path) -> dict[str, list[Finding]]:
    told = check.findings_of_folder(place, list(ORGANISATIONS.values()), 2021, load(base=home))
    return by_organisation(told)


@pytest.mark.parametrize(("code", "way"), WAYS)
def test_a_remedy_followed_to_the_letter_works(followed: Followed, code: str, way: str) -> None:
    assert (code, way) in followed.told, f"{code} is not told"
    one = followed.told[code, way]
    after = [f for f in followed.after.get(ORGANISATIONS[code, way], []) if f.code == code]
    left = [f for f in after if (f.file, f.column, f.example) == (one.file, one.column, one.example)]
    if way == NOTHING:
        assert one.remedy.startswith("Nothing to do") and not one.stops
    elif way == SEND_AGAIN:
        assert SENDS.search(one.remedy), one.remedy
        assert left == []
    elif way == MAP:
        assert left == []
    elif way == CONFIRM:
        assert "confirm it in confirmations.yaml" in one.remedy
        (again,) = [f for f in after if f.mark == one.mark]
        assert again.confirmed and not again.to_act_on


def follow_the_line(body: Path, one: Finding, means: str) -> None:
    """Add the line that the remedy prints; where it leaves the meaning or the text to the analyst, as they know it."""
    remedy = one.remedy.replace("<what it means>", means)
    text = re.search(r"<the text of row (\d+)>", remedy)
    if text:
        row = (body / one.file).read_text(encoding="utf-8").splitlines()[int(text[1]) - 1]
        remedy = remedy.replace(text[0], row.split(",")[-1])
    by_hand.add_the_line(body, remedy)
