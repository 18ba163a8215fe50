"""Nobody's name, date of birth, email, NI number, postcode or employee number leaves the warehouse, but into `restricted/`.

Two searches. On a run of its own, with canaries: distinctive particulars planted in every column that can hold one, in rows
that are quarantined and in files that are refused. And on the shared run: the particulars of all invented people of
the sample. Searched: every output file (packed ones unpacked), Dagster's databases, logs and compute logs, and what the
command printed.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from evidence.erased_people import rows_of
from tests import annual_run, small_extracts
from tests.annual_run import MADE_WITH_FAILED_CHECKS, NOT_MADE, AnnualRun
from tests.small_extracts import Person
from wres_pipeline.extracts.canonical.values import parse_date

CODE = "C01"
RESTRICTED = "restricted"


def texts_left_by(run: AnnualRun) -> Iterator[tuple[str, str]]:
    """(where, text) of everything the run left that is not restricted; packed files part by part."""
    yield "what was printed", run.printed
    for folder in (run.output, run.dagster_home):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and RESTRICTED not in path.relative_to(folder).parts:
                yield from _texts_of(str(path.relative_to(run.place)), path.read_bytes())


def _texts_of(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.namelist():
                yield from _texts_of(f"{name}:{part}", packed.read(part))
    else:
        yield name, content.decode("utf-8", errors="replace")
        if b"\x00" in content:
            yield f"{name} as UTF-16", content.decode("utf-16-le", errors="replace")


# Canaries

CANARIES = (
    "Zebediah", "Quillfeather", "QQ987654Q", "zebediah.quillfeather", "ZZ9Z 9ZY", "9987601", "17-FEB-1961", "1961-02-17",
    "17/02/1961", "Ottoline", "Crumpacker", "Wilhelmina", "Fotheringhay", "APPCANARY", "CASECANARY", "Bartholomew", "Peverell",
)  # fmt: skip
"""Each stands in one or more of the planted files, and nowhere else on earth."""


def _planted(n: int) -> Person:
    found = small_extracts.person(n)
    if n != 3:
        return found
    return replace(
        found, number="9987601", first_name="Zebediah", last_name="Quillfeather", date_of_birth="17-FEB-1961",
        ni_number="QQ987654Q", email="zebediah.quillfeather@example.nhs.uk", postcode="ZZ9Z 9ZY",
    )  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> AnnualRun:
    place = tmp_path_factory.mktemp("canaries")
    folder = small_extracts.write(place / "extracts" / CODE, people=_planted)
    with (folder / "trac_applications_2021-03-31.csv").open("a", encoding="utf-8", newline="") as out:
        # quarantined: no application id; the same application with other words; an id a spreadsheet has spoilt
        rows = csv.writer(out)
        person = [
            "Ottoline",
            "Crumpacker",
            "17/02/1961",
            "ottoline.crumpacker@example.nhs.uk",
            "ZZ9Z 9ZY",
            "QQ987654Q",
        ]
        rows.writerow(["", "V-1", *person, "01-SEP-2020", "Interview", small_extracts.WHITE])
        rows.writerow(["APPCANARY", "V-1", *person, "01-SEP-2020", "Interview", small_extracts.WHITE])
        rows.writerow(["APPCANARY", "V-1", *person, "01-SEP-2020", "Starting", small_extracts.WHITE])
        rows.writerow(["9.98760E+06", "V-1", *person, "01-SEP-2020", "Interview", small_extracts.WHITE])
    with (folder / "esr_staff_list_2021-03-31.csv").open("a", encoding="utf-8") as out:
        out.write(
            "9987601,9987601,Y,A,Quillfeather,too many,cells,Zebediah,17-FEB-1961,a,b,c,d,e,f,g,h,i,j,k,l\n"
        )
    (folder / "employee_relations_2021-03-31.csv").write_text(
        "Case Reference,Employee Number,Case Type,Date Opened,Formal Investigation Start,Outcome,Ethnic Origin,Investigating Officer\n"
        "CASECANARY,9987601,Disciplinary,01-MAY-2020,09-MAY-2020,Zebediah Quillfeather dismissed,,Wilhelmina Fotheringhay\n"
        "CASE2,7000001,Disciplinary,ongoing: see Wilhelmina Fotheringhay,09-MAY-2020,,,\n",
        encoding="utf-8",
    )
    (folder / "board_2021-03-31.csv").write_text(
        "Name,Role,Voting,Executive,Ethnic Origin\n"
        f"Wilhelmina Fotheringhay,Chair,Y,N,{small_extracts.WHITE}\nBartholomew Peverell,Director,Y,Y,\n",
        encoding="utf-8",
    )
    # refused whole: day and month in both orders; a quote never closed; NUL bytes; no workbook at all
    (folder / "appraisals_2021-03-31.csv").write_text(
        "Employee Number,Last Appraisal Date\n9987601,17/02/1961\n9987601,02/17/1961\n", encoding="utf-8"
    )
    (folder / "training_2021-03-31.csv").write_text(
        'Employee Number,Course Name,Completion Date\n9987601,"Zebediah Quillfeather\n' * 3, encoding="utf-8"
    )
    (folder / "staff_survey_respondents_2020.csv").write_bytes(b"Zebediah\x00Quillfeather,9987601\n" * 9)
    (folder / "esr_staff_list_2020-12-31.xlsx").write_bytes(b"PK\x03\x04 Zebediah Quillfeather 9987601" * 99)
    return annual_run.make(place / "extracts", place)


def test_the_canaries_are_in_what_was_read(planted: AnnualRun) -> None:
    """The search is of something: they are in the extracts, and their rows were read, set aside or refused."""
    read = "\n".join(
        path.read_text(encoding="utf-8", errors="replace") for path in planted.extracts.rglob("*.*")
    )
    assert [
        canary
        for canary in CANARIES
        if canary not in read and canary not in ("1961-02-17", "zebediah.quillfeather")
    ] == []
    assert planted.status == MADE_WITH_FAILED_CHECKS, planted.printed
    told = (planted.output / CODE / "2021" / "findings.csv").read_text(encoding="utf-8-sig")
    codes = [row["code"] for row in csv.DictReader(io.StringIO(told))]
    assert codes.count("file_refused") == 4 and "application_in_several_rows" in codes
    assert re.search(r"trac_applications .* 2 ", planted.printed), "rows were set aside"
    assert (planted.output / "public" / CODE / "2021").is_dir()
    assert (planted.output / CODE / "2021" / "internal").is_dir()
    assert (planted.dagster_home / "wres.log").stat().st_size > 1000
    assert list(planted.dagster_home.rglob("*.db"))


def test_no_canary_is_in_anything_the_run_left(planted: AnnualRun) -> None:
    found = [
        (canary, where)
        for where, text in texts_left_by(planted)
        for canary in CANARIES
        if canary.casefold() in text.casefold()
    ]
    assert found == []


# The people of the sample


PARTICULARS = {
    "Email": "email",
    "NI Number": "ni_number",
    "Postcode": "postcode",
    "Employee Number": "number",
    "Date Of Birth": "born",
}
PATTERNS = {
    "email": re.compile(r"[a-z0-9._%+'-]+@[a-z0-9.-]+", re.IGNORECASE),
    "ni_number": re.compile(r"(?<![A-Z0-9])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z](?![A-Z0-9])", re.IGNORECASE),
    "postcode": re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![A-Z0-9])", re.IGNORECASE),
    "number": re.compile(r"(?<![\w.-])\d{7,9}(?![\w.])"),
    "born": re.compile(r"(?<!\d)(?:\d{1,2}[-/][A-Z]{3}[-/]\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?!\d)", re.IGNORECASE),
    "name": re.compile(r"(?<!\w)(?=([^\W\d_][\w'’-]*[ ,]+[^\W\d_][\w'’-]*(?:[ ][^\W\d_][\w'’-]*)?))"),
}  # fmt: skip
"""What each particular looks like: what of a text could be one is looked up among those of the sample's people."""
LONGEST_AGO = date(2003, 4, 1)
"""Dates of birth only: a report may hold later days of its own."""


def _folded(kind: str, text: str) -> str:
    if kind == "born":
        day = parse_date(text)
        return day.isoformat() if day and day < LONGEST_AGO else ""
    return re.sub(r"[\s,]+", " " if kind == "name" else "", text).casefold()


@pytest.fixture(scope="module")
def particulars() -> dict[str, set[str]]:
    """Of every person of the sample's staff lists and applications: kind -> the texts, folded."""
    found: dict[str, set[str]] = {kind: set() for kind in PATTERNS}
    for code in annual_run.SAMPLE_ORGANISATIONS:
        for path in sorted((annual_run.SAMPLE / code).iterdir()):
            if not path.name.startswith(
                ("esr_staff_list", "trac_applications", "training", "employee_relations")
            ):
                continue
            for row in rows_of(path):
                first, last = (
                    row.get("First Name") or row.get("Forename"),
                    row.get("Last Name") or row.get("Surname"),
                )
                if first and last:
                    found["name"] |= {_folded("name", f"{first} {last}"), _folded("name", f"{last} {first}")}
                for heading, kind in PARTICULARS.items():
                    if row.get(heading):
                        found[kind].add(_folded(kind, row[heading]))
    return {kind: texts - {""} for kind, texts in found.items()}


def _people_in(text: str, particulars: dict[str, set[str]], kinds: Iterable[str]) -> set[tuple[str, str]]:
    hits = set()
    for kind in kinds:
        for match in set(PATTERNS[kind].findall(text)):
            words = match.split()
            shapes = [match] if kind != "name" else [" ".join(words[:2]), " ".join(words[:3])]
            hits |= {(kind, shape) for shape in shapes if _folded(kind, shape) in particulars[kind]}
    return hits


def test_the_search_finds_people_where_they_are(particulars: dict[str, set[str]]) -> None:
    assert {kind: len(texts) > 1000 for kind, texts in particulars.items()} == dict.fromkeys(PATTERNS, True)
    staff = (annual_run.SAMPLE / "X01" / "esr_staff_list_2021-03-31.csv").read_text(encoding="utf-8")
    line = staff.splitlines()[1]
    words = next(csv.DictReader(io.StringIO(staff)))
    sentence = f"{line} {words['First Name']} {words['Last Name']}."
    assert {kind for kind, _ in _people_in(sentence, particulars, PATTERNS)} == set(PATTERNS)


def test_nobody_of_the_sample_is_in_anything_the_run_left(
    sample_run: AnnualRun, particulars: dict[str, set[str]]
) -> None:
    assert sample_run.status != NOT_MADE
    found = {
        (where, *hit)
        for where, text in texts_left_by(sample_run)
        for hit in _people_in(text, particulars, PATTERNS)
    }
    assert found == set()


def test_files_of_people_are_restricted_to_their_owner(sample_run: AnnualRun) -> None:
    files = [path for path in sample_run.output.rglob("*") if path.is_file() and RESTRICTED in path.parts]
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in files} == {
        path.name: "0o600" for path in files
    }
