"""A new user's way from fifteen ordinary exports to the return: `wres init`, `wres add`, `wres check`, `wres run`, every message kept.

    python -m evidence.first_walk [--seed 1] [--keep FOLDER]

The exports have names as people give them, headings of several systems, sixty further columns, 24 months of staff lists, and are
CSV, xlsx, xls, xlsb, ods, HTML and a zip. The figures of the return are compared with those the invented people give. Writes
docs/evidence/first_walk.md; ends with status 1 when a figure is not the truth, or an export was not added.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import xlwt

from evidence.faults_of_meaning import look_at_folder, wrong
from evidence.meaning_bodies import Body, Sheet, make
from evidence.meaning_faults import as_day
from tests.integration.extracts import binary_workbook
from tests.integration.extracts.clean_extracts import Table, as_html, write_ods

REPORT = Path(__file__).parent.parent / "docs" / "evidence" / "first_walk.md"
CODE = "RX9"
FURTHER = tuple(
    f"{what} {n}" for n in range(1, 16) for what in ("Cost Centre", "Location", "Supervisor", "Last Updated")
)
"""Sixty columns a report holds besides."""


def renamed(sheet: Sheet, **names: str) -> Sheet:
    """The sheet under other headings: `Employee_Number="Emp No."`."""
    mine = {old.replace("_", " "): new for old, new in names.items()}
    return Sheet(sheet.stem, [mine.get(h, h) for h in sheet.headings], [list(row) for row in sheet.rows])


def widened(sheet: Sheet) -> Sheet:
    """The sheet with sixty further columns, some before its own."""
    rows = [
        [f"{n}-{i}" for i in range(20)] + row + [f"v{i}" for i in range(40)]
        for n, row in enumerate(sheet.rows)
    ]
    return Sheet(sheet.stem, [*FURTHER[:20], *sheet.headings, *FURTHER[20:]], rows)


def as_csv(
    sheet: Sheet, path: Path, *, delimiter: str = ",", encoding: str = "utf-8-sig", above: int = 0
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows(
            [["Workforce report"], [f"Run by: HR systems, {date(2021, 4, 6):%d/%m/%Y}"], []][:above]
        )
        writer.writerows([sheet.headings, *sheet.rows])


def as_workbook(sheet: Sheet, path: Path, *, above: int = 0, days: str = "", cover: bool = False) -> None:
    """days: the heading whose cells are days of the workbook, not texts; cover: a sheet of words stands first."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    if cover:
        page.title = "Cover"
        page.append(["This report contains personal data. Handle accordingly."])
        page = book.create_sheet("Data")
    for line in range(above):
        page.append([f"Report line {line + 1}"])
    page.append(sheet.headings)
    for row in sheet.rows:
        page.append(
            [
                as_day(text) or text if heading == days else text
                for heading, text in zip(sheet.headings, row, strict=True)
            ]
        )
    book.save(path)


def as_old_workbook(sheet: Sheet, path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for n, row in enumerate([sheet.headings, *sheet.rows]):
        for at, text in enumerate(row):
            page.write(n, at, text)
    book.save(str(path))


def earlier(sheet: Sheet, rng: random.Random, day: date) -> Sheet:
    """A staff list of an earlier day: a few people fewer, nobody who began or left after it."""
    began, ended = sheet.at("Latest Start Date"), sheet.at("Termination Date")
    rows = [
        list(row) for row in sheet.rows
        if rng.random() > 0.02 and (as_day(row[began]) or day) <= day and not row[ended]
    ]  # fmt: skip
    return Sheet(f"esr_staff_list_{day}", list(sheet.headings), rows)


def appraisals(sheet: Sheet, rng: random.Random) -> Sheet:
    numbers = sorted({row[0] for row in sheet.rows if not row[sheet.at("Termination Date")]})
    day = date(2020, 6, 1)
    rows = [[number, f"{day + timedelta(days=rng.randrange(250)):%d/%m/%Y}"] for number in numbers]
    return Sheet("appraisals", ["Assignment: Employee Number", "Last Appraisal Date"], rows)


def exports(body: Body, rng: random.Random, folder: Path) -> list[tuple[Path, str]]:
    """The fifteen exports, each with what a user types after its name to add it."""
    s = body.sheets
    staff = s["esr_staff_list"]
    made: list[tuple[Path, str]] = []

    def put(name: str, write: Callable[[Path], object], more: str = "") -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
        made.append((path, more))

    current = widened(
        renamed(
            staff,
            Employee_Number="Emp No.",
            Ethnic_Origin="Ethnicity",
            Pay_Scale="Grade",
            Primary="Primary Asg",
        )
    )
    put(
        "Staff in Post as at 31.03.2021 (RUN 06.04).xlsx",
        lambda p: as_workbook(current, p, above=4, cover=True),
    )
    months = [date(2019 + (m + 3) // 12, (m + 3) % 12 + 1, 1) - timedelta(days=1) for m in range(1, 24)]
    place = folder / "Monthly workforce"
    for day in months:
        (place / f"{day:%Y-%m}").mkdir(parents=True)
        as_csv(earlier(staff, rng, day), place / f"{day:%Y-%m}" / "Staff List.csv", above=3)
    made.append((place, ""))
    applied = renamed(
        s["trac_applications"], Application_ID="Application Number", Vacancy_Reference="Job Ref", Shortlisted="Shortlisted?",
        Interviewed="Interviewed?", Appointed="Appointed?", Date_Applied="Application Date",
    )  # fmt: skip
    put(
        "TRAC Applicants 1 Apr 2020 to 31 Mar 2021.csv",
        lambda p: as_csv(widened(applied), p, delimiter=";", encoding="cp1252"),
    )
    training = renamed(
        s["training"], Course_Name="Course", Mandatory="Mandatory?", Completion_Date="Date Completed"
    )
    put("OLM completions 2020-21.xlsx", lambda p: as_workbook(widened(training), p, days="Date Completed"))
    cases = renamed(
        s["employee_relations"],
        Case_Reference="Case No",
        Date_Opened="Opened",
        Formal_Investigation_Start="Formal Investigation Start Date",
    )
    put("ER Case Log - 31st March 2021.xls", lambda p: as_old_workbook(cases, p))
    board = renamed(
        s["board"], Member_ID="Ref", Voting="Voting?", Executive="Exec/NED", Start="From", End="To"
    )
    at = board.at("Exec/NED")
    for row in board.rows:
        row[at] = "Exec" if row[at] == "Y" else "NED"
    put(
        "Board members March 2021.ods",
        lambda p: write_ods(
            Table("board", p.stem, tuple(board.headings), tuple(map(tuple, board.rows)), ()), p.parent
        ),
    )
    survey = s["staff_survey"]
    percents = [[*row[:2], float(row[2]) / 100, int(row[3]), row[4]] for row in survey.rows]
    put(
        "NHS Staff Survey 2020 WRES.xlsb",
        lambda p: binary_workbook.write(p, [survey.headings, *percents], percents={2}),
    )
    put(
        "Appraisals compliance 31-03-21.csv",
        lambda p: as_csv(appraisals(staff, rng), p, delimiter="\t", encoding="utf-16"),
    )
    _others(body, rng, folder, put)
    return made


def _others(body: Body, rng: random.Random, folder: Path, put: Callable[..., None]) -> None:
    """Exports of other days and years, and those that are none."""
    s = body.sheets
    last_year = Sheet(
        "t",
        s["training"].headings,
        [[*row[:3], row[3].replace("2020", "2019").replace("2021", "2020")] for row in s["training"].rows],
    )
    put("Training 1920 (Apr19-Mar20).csv", lambda p: as_csv(last_year, p), "--day 2020-03-31")
    table = Table(
        "training", "x", tuple(s["training"].headings), tuple(map(tuple, s["training"].rows[:0])), ()
    )
    board = s["board"]
    earlier_board = Sheet("b", board.headings, [row for row in board.rows if not row[board.at("End")]])
    put(
        "Board 2020-03-31.html.xls",
        lambda p: p.write_text(
            as_html(Table("board", p.stem, tuple(earlier_board.headings), tuple(map(tuple, earlier_board.rows)), table.dates)), encoding="utf-8"
        ),
    )  # fmt: skip

    def zipped(path: Path) -> None:
        inner = folder / "zip"
        inner.mkdir()
        cases = s["employee_relations"]
        as_csv(Sheet("er", cases.headings, cases.rows[:2]), inner / "ER cases 2020-03-31.csv")
        as_csv(appraisals(s["esr_staff_list"], rng), inner / "Appraisals 2020-03-31.csv")
        with zipfile.ZipFile(path, "w") as pack:
            for one in sorted(inner.iterdir()):
                pack.write(one, f"HR/{one.name}")
        shutil.rmtree(inner)

    put("HR exports March 2020.zip", zipped)
    survey = s["staff_survey"]
    put("nss19 results.csv", lambda p: as_csv(survey, p), "--day 2019-11-30")
    put("Copy of Staff in Post as at 31.03.2021 FINAL.csv", lambda p: as_csv(s["esr_staff_list"], p))
    put(
        "Absence 2020-21.csv",
        lambda p: as_csv(
            Sheet(
                "a",
                ["Emp No", "Absence Start", "Absence End", "Reason"],
                [["1", "01/04/2020", "02/04/2020", "Cold"]],
            ),
            p,
        ),
    )
    put("Cover note.docx", lambda p: p.write_bytes(b"PK\x03\x04 not a list"))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    rng = random.Random(given.seed)
    body = make(CODE, rng)
    home = given.keep or Path(tempfile.mkdtemp(prefix="wres-walk-"))
    (home / "Downloads").mkdir(parents=True)
    said: list[str] = []

    def wres(*words: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", "from wres_pipeline.cli import main; main()", *words], cwd=home, capture_output=True, text=True,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        shown = " ".join(f'"{w}"' if " " in w else w for w in words)
        said.append(
            f"```\n$ wres {shown}\n{(done.stdout + done.stderr).strip()}\n[exit status {done.returncode}]\n```\n"
        )
        print(said[-1], flush=True)
        return done.returncode

    wres("init", "--code", CODE, "--name", "A Trust", "--kind", "NHS trust", "--board-lead", "Chief People Officer", "--author", "Workforce",
         "--contact", "workforce@example.nhs.uk", "--area", "Cornwall")  # fmt: skip
    statuses = {}
    for path, more in exports(body, rng, home / "Downloads"):
        words = ["add", str(path.relative_to(home)), "--organisation", CODE, "--yes", *more.split()]
        statuses[path.name] = wres(*words)
    place = home / "data" / "extracts"
    wres("check", f"data/extracts/{CODE}")
    ran = wres("run", "--year", "2021")
    figures, _ = look_at_folder(place, [CODE])
    off = sorted(wrong(body.truth, figures[CODE]))
    not_added = [
        name
        for name, status in statuses.items()
        if status and name not in ("Absence 2020-21.csv", "Cover note.docx")
    ]
    words = (
        f"Exports: {len(statuses)}, of which two are no extracts. Not added though they are extracts: {', '.join(not_added) or 'none'}. "
        f"Figures compared with what the invented people give: {len(body.truth)}; different: {', '.join(off) or 'none'}."
    )
    print(words)
    if not given.keep:
        page = "\n".join([
            "# A first walk", "", f"Command: `python -m evidence.first_walk --seed {given.seed}`; {date.today():%Y-%m-%d}.", "",  # noqa: DTZ011
            "A new user has the exports below, and adds, checks and runs. Everything the commands said is here.", "", words, "",
            *said,
        ])  # fmt: skip
        REPORT.write_text(page.replace(str(home), "…"), encoding="utf-8")
        shutil.rmtree(home)
    return 1 if off or not_added or ran > 1 else 0


if __name__ == "__main__":
    raise SystemExit(main())
