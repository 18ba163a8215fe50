"""A person in every place a person can be put: each column of each extract, headings, file and sheet names, mappings, the
action plan and the notes. Nothing that a run leaves says one of them, but `restricted/`; nor does `wres check`.

Searched: every file of the outputs (packed ones part by part), Dagster's databases and logs, what was printed, and
what the web UI answers when it is asked for runs, events, assets and checks.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests import annual_run, small_extracts
from tests.annual_run import NOT_MADE, AnnualRun
from tests.integration.test_no_person_gets_out import texts_left_by
from tests.web_ui import answers, web_ui_of
from wres_pipeline import warehouse
from wres_pipeline.commands import check as command_check
from wres_pipeline.extracts.outcomes import texts_not_shown

CODE = "C02"
SURNAME = "Quillfeather"
"""Nobody on earth; every planted text holds it, so one search finds any of them."""


def canary(where: str) -> str:
    """A person as somebody would type one into the wrong cell; `where` tells which cell a find came from."""
    return f"Zebediah {SURNAME} {where}, zeb.{SURNAME.lower()}@example.nhs.uk, 07700 900123"


STOPS_THE_RETURN = frozenset(
    {
        "Current Stage", "Pay Scale", "Staff Group", "Case Type", "Voting", "Executive", "Assignment Category",
        "Assignment Status", "Formal Investigation Start", "Date Applied", "Completion Date", "Mandatory", "Question",
        "Ethnic Group", "Percent", "Base", "Measure",
    }
)  # fmt: skip
"""Columns whose unknown texts keep the return from being made: planted in a run of their own."""


def plant(file: Path, leave_out: frozenset[str]) -> int:
    """Add, for every column of a CSV, a copy of its last row with a person in that column; gives how many."""
    with file.open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines)
    last = rows[-1]
    for place, name in enumerate(heading):
        if name in leave_out:
            continue
        planted = list(last)
        planted[0] = f"{last[0]}{place}" if last[0][-1:].isdigit() else last[0]
        planted[place] = canary(name.replace(" ", ""))
        rows.append(planted)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[*heading, canary("heading")], *([*row, "x"] for row in rows)])
    return len(heading)


def planted_run(place: Path, leave_out: frozenset[str]) -> AnnualRun:
    """A run on extracts with a person everywhere, but in the columns left out."""
    folder = small_extracts.write(place / "extracts" / CODE)
    assert sum(plant(file, leave_out) for file in sorted(folder.glob("*.csv"))) > 25
    (folder / "provider_returns.csv").write_text(
        "provider_code,provider_name,year,indicator,ethnic_group,value,unit,base,source\n"
        f'RX1,"{canary("provider")}",2021,5,White,20,percent,100,page\n',
        encoding="utf-8",
    )
    # refused whole, by names that are people's
    (folder / f"esr_staff_list_{SURNAME}_2021-02-28.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / f"{SURNAME}_2021-02-28.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / f"training_2021-02-31 {SURNAME}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = f"Zebediah {SURNAME}"
    book.active.append(["Employee Number", "Last Appraisal Date"])
    book.active.append(["7000001", canary("workbook")])
    book.save(folder / "appraisals_2020-03-31.xlsx")
    (folder / "mappings").mkdir()
    (folder / "mappings" / "ethnic_labels.csv").write_text(
        f'label,means\n"{canary("mapping")}",A\n', encoding="utf-8"
    )
    (folder / "actions.yaml").write_text(
        f"organisation: {CODE}\nplan: {{text: Plan}}\n".replace("{text: Plan}", "Plan of the year")
        + "adopted: 2021-05-25\nactions:\n"
        + f'- {{id: A01, title: "Ask {canary("title")}", owner: "{canary("owner")}", due: 2021-08-31, '
        + f'evidence: "{canary("evidence")}", expected_outcome: "{canary("outcome")}", indicators: ["2"], '
        + f'updates: [{{date: 2021-06-01, text: "{canary("update")}"}}]}}\n',
        encoding="utf-8",
    )
    notes = place / "output" / CODE / "2021" / "notes.yaml"
    notes.parent.mkdir(parents=True)
    notes.write_text(
        f'indicator_2:\n  adds: "{canary("note")}"\nother_factors: "{canary("answer")}"\n', encoding="utf-8"
    )
    return annual_run.make(place / "extracts", place)


@pytest.fixture(scope="module", params=[STOPS_THE_RETURN, frozenset()], ids=["made", "stopped"])
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AnnualRun:
    run = planted_run(tmp_path_factory.mktemp("cells"), request.param)
    assert (run.status != NOT_MADE) == bool(request.param), run.printed
    return run


def found_in(texts: Iterator[tuple[str, str]]) -> list[str]:
    """Where the person is found, with what stands around the first find; the author's own notes are as they were typed."""
    found = []
    for where, text in texts:
        if where.endswith("notes.yaml"):
            continue
        place = text.casefold().find(SURNAME.casefold())
        if place >= 0:
            found.append(f"{where}: …{text[max(0, place - 90) : place + 60]!r}")
    return found


def test_nothing_the_run_left_names_a_person_planted_in_any_cell(planted: AnnualRun) -> None:
    assert found_in(texts_left_by(planted)) == []
    assert (planted.dagster_home / "wres.log").stat().st_size > 1000


def test_the_run_says_what_it_could_not_understand_and_the_restricted_file_says_which_texts_those_are(
    planted: AnnualRun,
) -> None:
    assert planted.status == NOT_MADE or "<the text of row " in planted.printed
    file = planted.output / CODE / "restricted" / texts_not_shown.FILE
    assert file.stat().st_mode & 0o077 == 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        told = {row["id"]: row["text"] for row in csv.DictReader(lines)}
    with warehouse.connect(planted.warehouse, read_only=True) as con:
        words = "; ".join(row[0] for row in con.execute("SELECT words FROM check_outcomes").fetchall())
    named = set(re.findall(rf"text (\d+) of restricted/{texts_not_shown.FILE}", words))
    assert named and named <= set(told)
    assert canary("EthnicOrigin") in told.values()


def test_a_text_that_holds_a_person_is_left_out_of_the_plan_and_the_notes_and_told(
    planted: AnnualRun,
) -> None:
    if planted.status == NOT_MADE:
        pytest.skip("this run was stopped by a column that no figure can do without")
    for text in (
        "the author's notes, indicator_2, adds",
        "the author's notes, other_factors",
        "the action plan, A01, evidence",
    ):
        assert f"{text}: left out of every edition" in planted.printed


def test_wres_check_masks_the_same_texts(planted: AnnualRun, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(path for path in (planted.extracts / CODE).iterdir() if path.suffix in (".csv", ".xlsx"))
    command_check.check(files, None)
    printed = capsys.readouterr().out
    assert printed.count("rows in") >= 8
    assert found_in(iter([("wres check", printed)])) == []


def test_no_answer_of_the_web_ui_names_anybody(planted: AnnualRun) -> None:
    with web_ui_of(planted) as ui:
        told = list(answers(ui, of_assets=planted.status != NOT_MADE))
    sizes = Counter()
    for what, text in told:
        sizes[what.partition(" ")[0]] += len(text)
    assert {what for what, size in sizes.items() if size > 1000} >= (
        {"runs", "events"} if planted.status == NOT_MADE else {"runs", "events", "assets", "check"}
    )
    assert "AssetCheckEvaluation" in str(told) and "MetadataEntry" in str(told)
    assert found_in(iter(told)) == []
