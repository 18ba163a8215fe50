"""What is left of people after an erasure and after a purge: every byte of warehouse, logs, Dagster's home and outputs searched.

Run: python -m evidence.erased_people [--people 20] [--seed 16]; writes docs/evidence/erased_people.md.

The sample's extracts are copied and run whole. Somebody is looked for by NI number, email address, employee number,
application id, full name and by first and last name in one row. DuckDB packs texts, so that a text that is there may stand nowhere in
the file's bytes: the warehouse is searched as it is, in a copy that is written unpacked, and value by value.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import io
import random
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from tests import annual_run
from wres_pipeline import warehouse
from wres_pipeline.commands import safekeeping as command_person
from wres_pipeline.commands import safekeeping as command_purge
from wres_pipeline.settings import Settings

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "erased_people.md"
MOST_IN_BYTES = 500
"""Texts that are looked for wherever they stand in a database file: each is a look through the whole of it."""


@dataclass(frozen=True)
class Somebody:
    """texts: what nobody else has. first, last: with which they are found together in one row."""

    code: str
    number: str
    first: str
    last: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """people: how many were looked for, and texts: by how many of their texts in the bytes of the warehouse; then what was found."""

    people: int
    texts: int
    warehouse_bytes: int
    unpacked_bytes: int
    values: int
    elsewhere: int
    free_blocks: int
    what: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many finds there are."""
        return self.warehouse_bytes + self.unpacked_bytes + self.values + self.elsewhere


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of an extract of the sample by heading."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)
    else:
        heading, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        for row in rows:
            yield dict(zip(map(str, heading), map(str, row), strict=False))


def everybody(extracts: Path) -> list[Somebody]:
    """Every member of staff and every applicant of the extracts, once for each row that names one."""
    found = {}
    for path in sorted(extracts.glob("*/*")):
        if not path.name.startswith(("esr_staff_list", "trac_applications")):
            continue
        for row in rows_of(path):
            number = row.get("Employee Number") or row.get("Application ID") or ""
            first, last = (
                row.get(a) or row.get(b) or ""
                for a, b in (("First Name", "Forename"), ("Last Name", "Surname"))
            )
            texts = [row.get(one, "") for one in ("NI Number", "Email", "Application ID", "Employee Number")]
            texts += [f"{first} {last}", f"{last}, {first}"] if first and last else []
            one = Somebody(
                path.parent.name, number, first, last,
                tuple(text for text in texts if len(text) >= 6),
            )  # fmt: skip
            found[(one.code, one.texts)] = one
    return list(found.values())


def texts_of(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, packed ones part by part, in small letters and with UTF-16 brought to one byte a letter."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.namelist():
                yield from texts_of(f"{name}:{part}", packed.read(part))
    else:
        yield name, content
        if b"\x00" in content:
            yield name, content.replace(b"\x00", b"")


WORDS = re.compile(rb"[A-Za-z0-9_.+'@\-\xc2-\xf4\x80-\xbf]{6,}")
PAIRS = re.compile(
    rb"(?=((?<![\w'\-])[A-Z\xc3][\w'\-\x80-\xbf]*,? [A-Z\xc3][\w'\-\x80-\xbf]*(?: [A-Z\xc3][\w'\-\x80-\xbf]*)?))"
)


def in_bytes(content: bytes, wanted: dict[bytes, str], few: bool) -> set[str]:
    """Which of the texts stand in some bytes. few: look for each text wherever it stands, else for whole words and pairs."""
    if few:
        return {told for raw, told in wanted.items() if raw in content}
    found = {wanted[word] for word in set(WORDS.findall(content)) if word in wanted}
    for pair in set(PAIRS.findall(content)):
        words = pair.split(b" ")
        found |= {wanted[each] for each in (b" ".join(words[:2]), b" ".join(words[:3])) if each in wanted}
    return found


def unpacked(place: Path, scratch: Path) -> Path:
    """A copy of the warehouse in which no text is packed."""
    copy = scratch / "unpacked.duckdb"
    copy.unlink(missing_ok=True)
    with duckdb.connect(str(copy)) as con:
        con.execute("SET force_compression = 'uncompressed'")
        con.execute(f"ATTACH '{place}' AS held (READ_ONLY)")
        con.execute("COPY FROM DATABASE held TO unpacked")
        con.execute("DETACH held")
        con.execute("CHECKPOINT")
    return copy


def in_values(place: Path, people: Iterable[Somebody], texts: set[str]) -> set[str]:
    """Values of any column of any table that are one of the texts, and rows with a name and its birth date."""
    found: set[str] = set()
    named = {(one.first.casefold(), one.last.casefold()) for one in people if one.first and one.last}
    with warehouse.connect(place) as con:
        for table, columns in con.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal "
            "AND table_name IN (SELECT table_name FROM duckdb_tables()) AND data_type = 'VARCHAR' GROUP BY ALL ORDER BY ALL"
        ).fetchall():
            for column in columns:
                held = con.execute(
                    f'SELECT DISTINCT "{column}" FROM "{table}" WHERE length("{column}") >= 6'
                ).fetchall()  # noqa: S608
                found |= {f"{table}.{column}" for (value,) in held if value in texts}
            pair = [each for each in ("first_name", "last_name") if each in columns]
            if len(pair) == 2:
                held = con.execute(
                    f'SELECT DISTINCT first_name, last_name FROM "{table}" WHERE last_name IS NOT NULL AND first_name IS NOT NULL'  # noqa: S608
                ).fetchall()
                found |= {
                    f"{table}: a name" for first, last in held if (first.casefold(), last.casefold()) in named
                }
    return found


def search(
    run: annual_run.AnnualRun, people: list[Somebody], scratch: Path, *, numbers: bool = True
) -> Search:
    """Look for the people everywhere but in the senders' own files. numbers: for employee numbers and application ids too."""
    texts = {
        text for one in people for text in one.texts
        if numbers or (text != one.number and not re.fullmatch(r"[A-Z]*-?\d+", text))
    }  # fmt: skip
    wanted, few = {text.encode(): text for text in texts}, len(texts) < MOST_IN_BYTES
    drawn_texts = sorted(texts) if few else random.Random(0).sample(sorted(texts), MOST_IN_BYTES)
    looked = {text.encode(): text for text in drawn_texts}
    first = in_bytes(run.warehouse.read_bytes(), looked, True)
    copy = unpacked(run.warehouse, scratch)
    second = in_bytes(copy.read_bytes(), looked, True)
    third = in_values(run.warehouse, people, texts)
    elsewhere = set()
    for folder in (run.output, run.dagster_home):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                for _, content in texts_of(path.name, path.read_bytes()):
                    elsewhere |= {f"{path.relative_to(run.place)}" for _ in in_bytes(content, wanted, few)}
    with warehouse.connect(run.warehouse) as con:
        sizes = con.execute("SELECT free_blocks FROM pragma_database_size()").fetchall()
    return Search(
        len(people), len(looked), len(first), len(second), len(third), len(elsewhere), int(sizes[0][0]),
        tuple(sorted(third | elsewhere))[:40],
    )  # fmt: skip


def published(run: annual_run.AnnualRun) -> dict[str, bytes]:
    """Every file of every edition, public and internal, by path."""
    return {
        name: content for name, content in annual_run.files_of(run.output).items()
        if "restricted" not in name and "data-quality" not in name
    }  # fmt: skip


def stored_figures(run: annual_run.AnnualRun) -> list[tuple[object, ...]]:
    """Every figure kept in the warehouse, true and as published."""
    with warehouse.connect(run.warehouse) as con:
        return [
            row for table in ("figures", "protected_figures")
            for row in con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()  # noqa: S608
        ]  # fmt: skip


def drawn(run: annual_run.AnnualRun, people: list[Somebody], many: int, seed: int) -> list[Somebody]:
    """Some of the people, half of them staff and half applicants, whom nobody shares a text or a full name with."""
    texts, names = {}, {}
    for one in people:
        for text in one.texts:
            texts.setdefault(text, set()).add((one.code, one.number))
        names.setdefault((one.first.casefold(), one.last.casefold()), set()).add((one.code, one.number))
    alone = [
        one for one in people
        if one.first and one.last and one.number and all(len(texts[t]) == 1 for t in one.texts)
        and len(names[(one.first.casefold(), one.last.casefold())]) == 1
    ]  # fmt: skip
    draw = random.Random(seed)
    staff = [one for one in alone if one.number.isdigit()]
    applicants = [one for one in alone if not one.number.isdigit()]
    return draw.sample(staff, many // 2) + draw.sample(applicants, many - many // 2)


def main() -> int:
    """Run, erase, search, purge, search; write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--organisations", nargs="+", default=list(annual_run.SAMPLE_ORGANISATIONS))
    arguments = parser.parse_args()
    found: list[tuple[str, Search, str]] = []
    with tempfile.TemporaryDirectory(prefix="people-") as folder:
        scratch = Path(folder)
        extracts = annual_run.copy_of_the_sample(scratch / "extracts", *arguments.organisations)
        people = everybody(extracts)
        run = annual_run.make(extracts, scratch / "run")
        settings = annual_run.settings_of(extracts, run.place)
        failed = follow(run, settings, people, arguments, scratch, found)
    REPORT.write_text(page(arguments, found, len(people)), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))
    return 1 if failed else 0


def follow(
    run: annual_run.AnnualRun,
    settings: Settings,
    people: list[Somebody],
    arguments: argparse.Namespace,
    scratch: Path,
    found: list[tuple[str, Search, str]],
) -> bool:
    """The erasure, a run after it, and two purges, each followed by a search; whether anything was found or moved."""
    files, figures = published(run), stored_figures(run)

    def look(what: str, whom: list[Somebody], *, numbers: bool = True) -> Search:
        kept = f"{len(annual_run.differing(files, published(run)))} of {len(files)} files, {sum(a != b for a, b in zip(figures, stored_figures(run), strict=True))} of {len(figures)} stored figures"
        found.append((what, search(run, whom, scratch, numbers=numbers), kept))
        print(what, dataclasses.astuple(found[-1][1]), kept, flush=True)
        return found[-1][1]

    chosen = drawn(run, people, arguments.people, arguments.seed)
    look("before: those to be erased", chosen)
    for one in chosen:
        known_by = "employee_number" if one.number.isdigit() else "application_id"
        with redirect_stdout(io.StringIO()):
            assert (
                command_person.of_person(settings, "erase", one.code, known_by, one.number, really=True) == 0
            )
    searches = [look("after `wres person erase --really` for each", chosen)]
    again = annual_run.make(run.extracts, run.place)
    assert again.status == run.status, again.printed
    searches.append(look("after the next `wres run`, the senders' files as they were", chosen))
    look("before: everybody", people)
    for words, day, numbers in (
        ("particulars past their time (`wres purge --really` as on 10 May 2022)", date(2022, 5, 10), False),
        ("rows past their time (the same as on 28 November 2026)", date(2026, 11, 28), True),
    ):
        with redirect_stdout(io.StringIO()):
            assert command_purge.purge(settings, really=True, today=day) == 0
        searches.append(look(words, people, numbers=numbers))
    moved = any(not kept.startswith("0 of") or ", 0 of" not in kept for _, _, kept in found)
    return moved or any(one.total for one in searches)


def page(arguments: argparse.Namespace, found: list[tuple[str, Search, str]], many: int) -> str:
    """The result as Markdown."""
    lines = [
        "# What is left of people after an erasure and a purge",
        "",
        f"`python -m evidence.erased_people --people {arguments.people} --seed {arguments.seed} --organisations {' '.join(arguments.organisations)}`, 2026-11-28, 2 cores, 24 GB.",
        "",
        f"The sample run whole ({' and '.join(arguments.organisations)}, {many:,} rows that name somebody); then {arguments.people} people erased, the pipeline run again, and everything",
        "purged in two steps. Looked for: NI numbers, email addresses, employee numbers, application ids, full names, and first and",
        "last name in one row. Searched: the bytes of the warehouse as they are, the bytes of a copy in which DuckDB packs no text",
        "(a packed text stands in no bytes), every value of every column, and every file of outputs (restricted ones too, packed ones",
        "part by part), Dagster's home and logs. Of everybody's texts a draw is looked for in the bytes, all of them in values and files.",
        "",
        "| when | people | texts looked for in the bytes | found as they are | found unpacked | columns | files | free blocks | changed since the first run |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {what} | {one.people:,} | {one.texts:,} | {one.warehouse_bytes:,} | {one.unpacked_bytes:,} | {one.values} | {one.elsewhere} | {one.free_blocks} | {kept} |"
        for what, one, kept in found
    ]
    lines += [
        "",
        "After the first purge employee numbers and application ids stay, with the rows that figures are counted from, so they",
        "are not looked for there. Free blocks are places of the database file that hold nothing any more: none of them keeps what",
        "was deleted, since the file is written anew.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
