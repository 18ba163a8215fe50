"""Every protected characteristic both extracts hold: counted at landing by whether there is an answer, told together."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline import linkage
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.statements import answered
from wres_pipeline.quality import alerts
from wres_pipeline.quality.figure import Place
from wres_pipeline.quality.trac_to_esr import characteristics, gap, gap_figures
from wres_pipeline.reference.local import LocalMappings

AS_AT = date(2021, 3, 31)
ESR_HEAD = ["Employee Number", "Assignment Number", "Primary", "Ethnic Origin", "Staff Group", "Pay Scale", "Assignment Category",
            "Assignment Status", "First Name", "Last Name", "Latest Start Date", "Date Of Birth", "Gender", "Disability",
            "Sexual Orientation", "Religious Belief"]  # fmt: skip
TRAC_HEAD = ["Application ID", "Vacancy Reference", "Current Stage", "Appointed", "Start Date", "Date Applied", "Ethnic Origin",
             "First Name", "Last Name", "Date Of Birth", "Gender", "Disability", "Sexual Orientation", "Marital Status"]  # fmt: skip


def folder(path: Path, broken: tuple[str, ...]) -> Path:
    """Twelve starters a month from April to December 2020; from September ESR holds no answer to what is broken. Religion
    stands in ESR alone and marital status in TRAC alone; one starter in twelve does not say whether they are disabled."""
    staff, applications = [ESR_HEAD], [TRAC_HEAD]
    for month in range(4, 13):
        for n in range(12):
            key, start, born = (
                f"{month:02d}{n:02d}",
                f"{n + 1:02d}/{month:02d}/2020",
                f"{n + 1:02d}/{month:02d}/1985",
            )
            held = {"ethnicity": "A White - British", "sex": "Female", "disability": "No" if n else "Prefer not to say",
                    "sexual_orientation": "Heterosexual or Straight"}  # fmt: skip
            esr = {name: "" if name in broken and month >= 9 else text for name, text in held.items()}
            staff.append([f"70{key}", f"70{key}", "Yes", esr["ethnicity"], "Nursing and Midwifery Registered", "Band 5", "Permanent",
                          "Active Assignment", f"Given{key}", f"Family{key}", start, born, esr["sex"], esr["disability"],
                          esr["sexual_orientation"], "Pastafarian"])  # fmt: skip
            applications.append([f"A{key}", f"V{n}", "Starting", "Yes", start, "01/03/2020", held["ethnicity"], f"Given{key}",
                                 f"Family{key}", born, held["sex"], held["disability"], held["sexual_orientation"], "Single"])  # fmt: skip
    path.mkdir(parents=True)
    for name, rows in (
        ("esr_staff_list_2021-03-31.csv", staff),
        ("trac_applications_2021-03-31.csv", applications),
    ):
        with (path / name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    return path


def account(tmp_path: Path, *broken: str) -> tuple[gap.GapAccount, duckdb.DuckDBPyConnection]:
    """The account of such a body, read from its files and not linked."""
    folder(tmp_path / "extracts" / "X01", broken)
    con = duckdb.connect()
    mappings = LocalMappings.load(None)
    report = landing.land_folder(
        con, tmp_path / "extracts", None, now=datetime(2021, 5, 1), mappings=mappings
    )  # noqa: DTZ001
    assert not report.refused
    core.build(con, [*core.CORE_TABLES, *core.IDENTITIES], ["X01"], {"X01": mappings})
    return gap.account(con, ["X01"], AS_AT)["X01"], con


def test_a_break_of_several_characteristics_is_told_as_one_and_what_still_arrives_beside_it(
    tmp_path: Path,
) -> None:
    held, _ = account(tmp_path, "ethnicity", "disability", "sexual_orientation")
    told = characteristics.arriving(held, gap_figures.found_break(held))
    assert [one.characteristic for one in told] == [
        "ethnicity",
        "disability",
        "sex",
        "sexual_orientation",
        "date_of_birth",
    ]
    assert characteristics.in_words(told) == (
        "Ethnicity, disability and sexual orientation stopped arriving together, in September 2020: one break, with one cause. "
        "Sex and date of birth still arrive."
    )


def test_ethnicity_that_breaks_alone_is_said_to_break_alone(tmp_path: Path) -> None:
    held, _ = account(tmp_path, "ethnicity")
    told = characteristics.in_words(characteristics.arriving(held, gap_figures.found_break(held)))
    assert told.startswith(
        "Ethnicity alone stopped arriving, in September 2020. Disability, sex, sexual orientation"
    )


def test_months_count_those_who_answered_and_not_those_who_would_not_say(tmp_path: Path) -> None:
    held, con = account(tmp_path, "disability")
    months = held.others["disability"]
    assert {(m.trac_starters, m.trac_declared) for m in months} == {(12, 11)}
    assert [m.esr_declared for m in months] == [11, 11, 11, 11, 11, 0, 0, 0, 0]
    kept = con.execute("SELECT DISTINCT characteristics_answered FROM core_staff ORDER BY 1").fetchall()
    assert kept == [
        (f"{start}sex,religion_or_belief,sexual_orientation,date_of_birth",) for start in ("disability,", "")
    ]


def test_word_of_the_break_says_what_else_stopped(tmp_path: Path) -> None:
    held, _ = account(tmp_path, "ethnicity", "disability")
    text = alerts.message(alerts.OPENED, gap_figures.found_break(held), held, "X01").text
    assert "Ethnicity and disability stopped arriving together, in September 2020" in text


def test_the_figures_hold_shares_and_months_and_no_answer(tmp_path: Path) -> None:
    held, _ = account(tmp_path, "ethnicity", "disability")
    made = characteristics.figures(
        Place("X01", AS_AT), characteristics.arriving(held, gap_figures.found_break(held))
    )
    rows = {(f.breakdown_value, f.measure): f.shown for f in made}
    assert rows["Disability", "month_of_break"] == "It stopped arriving: September 2020"
    assert (rows["Disability", "arrived_before"], rows["Disability", "arrived_since"]) == ("100.0%", "0.0%")
    assert rows["Sex", "month_of_break"] == "No break"


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("No", True), ("Yes - Mobility", True), ("Atheism", True), ("Undecided", True), ("X", True), ("None", True), ("No known disability", True),
        ("Not Declared", False), ("I do not wish to disclose my religion/belief", False), ("Prefer Not To Answer", False), ("UNKNOWN", False),
        ("Not stated (person asked but declined to provide a response)", False), (" ", False), (None, False), ("#N/A", False),
        ("Unspecified", False), ("I'd rather not say", False), ("Not Disabled", True), ("-", False), ("Undefined", False),
    ],
)  # fmt: skip
def test_a_text_that_says_nothing_is_no_answer(text: str | None, is_answer: bool) -> None:
    [(kept,)] = duckdb.execute(f"SELECT {answered('t.x')} FROM (SELECT ?::VARCHAR AS x) t", [text]).fetchall()  # noqa: S608
    assert kept == ("answered" if is_answer else None)


def test_the_correction_list_names_what_else_is_missing_only_where_it_is_asked_for(tmp_path: Path) -> None:
    _, con = account(tmp_path, "ethnicity", "disability")
    linkage.link(con, "X01", AS_AT)
    gap.account(con, ["X01"], AS_AT)
    plain, _ = gap.corrections(con, "X01", AS_AT)
    asked, rows = gap.corrections(con, "X01", AS_AT, others=True)
    assert asked == [*plain, "also_not_in_esr"]
    assert {row[-1] for row in rows} == {"disability", None}
    assert rows[0][-1] is None, "the first starter of September did not say"
