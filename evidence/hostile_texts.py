"""Ten thousand hostile names, codes, paths, YAML files and cells: no file outside its root, no crash without words, memory bounded.

Run: python -m evidence.hostile_texts [--each 2000] [--seed 99]; writes docs/evidence/hostile_texts.md.

Every file this process opens for writing, makes, links or renames is watched (an audit hook of Python's own), from the first
text to the last.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import random
import resource
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests import small_extracts
from wres_pipeline import warehouse
from wres_pipeline.action_plan import plan
from wres_pipeline.commands import add, publication
from wres_pipeline.commissioner import comments, log_checks
from wres_pipeline.commissioner.log_checks import LogRow
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.quality import confirmations
from wres_pipeline.reference.local import LocalMappingError, LocalMappings
from wres_pipeline.reference.ods_codes import OdsCodeError
from wres_pipeline.reference.written_file import WrittenFileError
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.commissioner import provider_views
from wres_pipeline.reports.release import seal, sign_off
from wres_pipeline.reports.release.edition_folders import EditionFolders, quality_folder, restricted_folder
from wres_pipeline.settings import Settings, SettingsError, load

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "hostile_texts.md"
WORDS = (
    OdsCodeError,
    SettingsError,
    WrittenFileError,
    LocalMappingError,
    RefusedFile,
    seal.SealError,
    sign_off.SignOffError,
)
"""Errors that every command prints as a line."""
NONE = LocalMappings.load(None)
PIECES = (
    "..", "../", "/", "\\", "..\\", "%2e%2e%2f", "~", "$HOME", "`id`", ";rm -rf .", "|", "&", "*", "?", "\n", "\r\n", "\t", "\x00",
    "\x1b[2J", "\x07", "\u202e", "\u2028", "\ufeff", "\u200b", "\ud7ff", "é", "e\u0301", "Ⅹ", "１", "𝔘", "👩🏽‍⚕️", "A" * 300, "9" * 400,
    "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "<script>alert(1)</script>", "&lt;", "{{7*7}}", "{%", "'", '"', "''", "' OR 1=1 --",
    "esr_staff_list", "trac_applications", "2021-03-31", "2021-02-31", "0000-00-00", "X01", "CON", "NUL", "aux", ".csv", ".xlsx",
    ".zip", ".", " ", "", "nan", "inf", "1e999", "-0", "NULL", "None", "true", "0x1F", "01-MAR-2021", "31/12/9999",
)  # fmt: skip
YAML = (
    "a: ", "- ", "  ", "&a ", "*a", "<<: ", "!!python/object ", "!!binary ", "? ", ": ", "|", ">", "{", "}", "[", "]", ",", "#", "---\n",
    "...\n", "%YAML 9.9\n", "'", '"', "\n", "\n  ", "2021-02-31", "9" * 300, "1_000", "0o17", "yes", "~", ".inf", "actions:", "organisation: X01",
    "plan: p", "due: never", "id: A1", "updates:", "indicators:", "\x00", "\t", "\ufeff", "é", "[" * 40, "{a: " * 20, "confirmed:", "rules:",
)  # fmt: skip

SOUND = {
    plan.parse: "organisation: X01\nplan: Plan of the year\nadopted: 2021-05-25\nactions:\n- id: A01\n  title: Train\n  owner: Director\n"
    "  due: 2021-08-31\n  evidence: Minutes\n  expected_outcome: More\n  indicators: ['2']\n  updates:\n  - date: 2021-06-01\n    text: Begun\n",
    notes.parse: "indicator_2:\n  adds: We looked\nother_factors: none\n",
    confirmations.parse: "- finding: staff_fell\n  because: A merger\n  role: Head\n  date: 2021-05-01\n",
    comments.parse: "- provider: RX1\n  date: 2021-05-01\n  text: Sent\n",
}
outside: list[str] = []
roots: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note whatever is written, made or renamed outside the roots."""
    places: list[Any] = []
    if (
        event == "open"
        and isinstance(arguments[2], int)
        and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    ):
        places = [arguments[0]]
    if event in ("os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate"):
        places = [arguments[0]]
    elif event in ("os.rename", "os.link", "os.symlink"):
        places = [arguments[0], arguments[1]]
    for place in places:
        if isinstance(place, str | bytes) and roots:
            real = os.path.realpath(os.fsdecode(place))
            if real != os.devnull and not any(
                real == root or real.startswith(root + os.sep) for root in roots
            ):
                outside.append(f"{event} {real!r}")


def text(draw: random.Random, pieces: tuple[str, ...] = PIECES, most: int = 6) -> str:
    """Some of the pieces after one another, or letters of any script."""
    if draw.random() < 0.15:
        return "".join(
            chr(draw.choice((draw.randrange(1, 256), draw.randrange(0x10000, 0x1FFFF))))
            for _ in range(draw.randrange(1, 40))
        )
    return "".join(draw.choices(pieces, k=draw.randint(1, most)))


def codes(draw: random.Random, scratch: Path, many: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Codes: of an edition, a month's folders, a provider, the settings, an organisation to add to."""
    for n in range(many):
        code = text(draw)

        def folders(code: str = code) -> object:
            return [
                EditionFolders(scratch, code, 2021).public, quality_folder(scratch, code, date(2021, 2, 28)),
                restricted_folder(scratch, code, date(2021, 2, 28)),
            ]  # fmt: skip

        def provider(code: str = code) -> object:
            told = log_checks.check([LogRow(2, code, code, 2021, code, code, 20.0, 100, code, "")])
            assert "/" not in provider_views.review_page(code)
            return told

        def settings(code: str = code, n: int = n) -> object:
            place = scratch / f"settings{n}"
            place.mkdir()
            quoted = code.replace("\\", "\\\\").replace('"', '\\"')
            (place / "wres.toml").write_text(
                f'[organisations."{quoted}"]\nname = "{quoted}"\n', encoding="utf-8", errors="replace"
            )
            return load(base=place)

        yield (
            "codes",
            draw.choice(
                (
                    folders,
                    provider,
                    settings,
                    lambda code=code: add.add(bare(scratch), [scratch / "none"], code, yes=True, day=None),
                )
            ),
        )


def bare(place: Path) -> Settings:
    """An installation without anything, below a folder."""
    return Settings(place / "extracts", place / "output", place / "w.duckdb", place / "home")


def names(draw: random.Random, scratch: Path, many: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """File names: members of a zip that is added, twenty a zip, and files of an organisation's folder, twenty a folder."""
    body = b"Employee Number,Ethnic Origin\r\n1,A White - British\r\n"
    for n in range(many // 20):
        made = [
            text(draw) + draw.choice(("", ".csv", "_2021-03-31.csv", ".xlsx", ".zip", "/x.csv"))
            for _ in range(20)
        ]

        def zipped(made: list[str] = made, n: int = n) -> object:
            place = scratch / f"delivery{n}.zip"
            with zipfile.ZipFile(place, "w") as archive:
                for name in made:
                    archive.writestr(zipfile.ZipInfo(name or "x"), body)
            return add.add(bare(scratch), [place], "X01", yes=True, day=None)

        def landed(made: list[str] = made, n: int = n) -> object:
            folder = scratch / f"land{n}" / "X01"
            folder.mkdir(parents=True)
            for name in made:
                with contextlib.suppress(OSError, ValueError):  # a name this system itself takes for none
                    (folder / name.replace("/", "_")).write_bytes(body)
            with warehouse.connect(":memory:") as con:
                return landing.land_folder(con, folder.parent, None, now=datetime(2021, 5, 1), mappings=NONE)  # noqa: DTZ001

        yield "names", zipped if n % 2 else landed


def paths(draw: random.Random, scratch: Path, many: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Paths inside what others may have edited: a seal's list of files, a sign-off, a list of versions."""
    for n in range(many):
        place = scratch / f"public{n}"

        def sealed(place: Path = place) -> object:
            place.mkdir()
            (place / "index.html").write_bytes(b"x")
            value = draw.choice((1, 1, None, -1, [], 10**50, text(draw)))
            parts = {
                "seal": text(draw),
                "version": value,
                "files": {text(draw): text(draw)},
                "body": text(draw),
            }
            more = {"role": text(draw), "date": "2021-09-07", "content": text(draw), "reason": text(draw)}
            told = json.dumps({**parts, **more}, ensure_ascii=draw.random() < 0.5)
            if draw.random() < 0.3:
                told = told.replace('"', text(draw), 1)
            (place / seal.FILE).write_text(told, encoding="utf-8", errors="replace")
            (place / sign_off.FILE).write_text(told, encoding="utf-8", errors="replace")
            (place / sign_off.VERSIONS).write_text(f"[{told}]", encoding="utf-8", errors="replace")
            publication.verify(place)
            return sign_off.status(place, "1")

        yield "paths", sealed


def yaml(draw: random.Random, scratch: Path, many: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """YAML: of the plan, the notes, the confirmations, the comments."""
    readers = tuple(SOUND)
    for _ in range(many):
        reader = draw.choice(readers)
        written = text(draw, YAML, 60)
        if draw.random() < 0.5:  # a sound one with something put in its place
            lines = SOUND[reader].splitlines(keepends=True)
            at = draw.randrange(len(lines))
            head, colon, _ = lines[at].partition(": ")
            lines[at] = (
                f"{head}{colon}{text(draw)}\n" if draw.random() < 0.7 else text(draw, YAML, 5) + lines[at]
            )
            written = "".join(lines)
        yield "YAML", lambda written=written, reader=reader: reader(written, "a file.yaml")


def cells(draw: random.Random, scratch: Path, many: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Cells: forty a file of each kind in turn, looked at as `wres check` does; headings and local lists too."""
    clean = small_extracts.write(scratch / "clean" / "X01")
    files = sorted(clean.glob("*.csv"))
    for n in range(many // 40):
        source = files[n % len(files)]

        def checked(source: Path = source, n: int = n) -> object:
            with source.open(encoding="utf-8", newline="") as lines:
                heading, *rows = csv.reader(lines)
            for _ in range(39):
                row = draw.choice(rows)
                row[draw.randrange(len(row))] = text(draw)
            heading[draw.randrange(len(heading))] += draw.choice(("", "", text(draw)))
            folder = scratch / f"cells{n}"
            folder.mkdir()
            with (folder / source.name).open("w", encoding="utf-8", errors="replace", newline="") as out:
                csv.writer(out).writerows([heading, *rows])
            told = checking.check_file(folder / source.name, NONE).as_text()
            assert len(told) < 40_000 and "\x1b" not in told, (
                "the page of a check is bounded and moves no cursor"
            )
            return told

        yield "cells", checked


FAMILIES: dict[str, tuple[Callable[..., Iterator[tuple[str, Callable[[], object]]]], int]] = {
    "codes": (codes, 1), "names": (names, 20), "paths": (paths, 1), "YAML": (yaml, 1), "cells": (cells, 40),
}  # fmt: skip


def megabytes() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Try them all; write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=99)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    crashes: list[str] = []
    lines, before = [], megabytes()
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        scratch = Path(folder).resolve()
        tempfile.tempdir = str(scratch)
        os.chdir(scratch)
        roots.append(str(scratch))
        sys.addaudithook(watch)
        for name, (family, each) in FAMILIES.items():
            draw, began = random.Random(f"{arguments.seed} {name}"), len(outside)
            place = scratch / name
            place.mkdir()
            for _, work in family(draw, place, arguments.each):
                counts[name] += each
                try:
                    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                        work()
                    counts[f"{name} taken"] += each
                except WORDS as error:
                    counts[f"{name} refused"] += each
                    assert len(str(error)) < 20_000
                except Exception as error:  # noqa: BLE001 - what this looks for
                    crashes.append(f"{name}: {type(error).__name__}: {str(error)[:200]!r}")
                    if os.environ.get("TRACE"):
                        import traceback

                        traceback.print_exc()
            lines.append(
                f"| {name} | {counts[name]:,} | {counts[f'{name} taken']:,} | {counts[f'{name} refused']:,} | "
                f"{sum(one.startswith(name) for one in crashes)} | {len(outside) - began} | {megabytes():,.0f} MB |"
            )
            print(lines[-1], flush=True)
        roots.clear()
        os.chdir(REPORT.parent)
    page = [
        "# Hostile names, codes, paths, YAML and cells",
        "",
        f"`python -m evidence.hostile_texts --each {arguments.each} --seed {arguments.seed}`, 2026-11-28, 2 cores, 24 GB.",
        "",
        "Codes of organisations and providers, in editions, settings and `wres add`; names of files in a zip and in a folder; paths and all",
        "else in an edited seal, sign-off and list of versions; the four YAML files; cells and headings, looked at as `wres check` does.",
        "Taken: a page, a table or a folder was made, whatever was found in it. Refused: one of the errors that every command prints as a",
        "line. Files: what this process wrote, made, linked or renamed outside the folder it works in, by Python's audit hook. Memory: the",
        f"most of the process until then ({before:,.0f} MB before the first text).",
        "",
        "| what | texts | taken | refused in words | crashes | files outside | memory |",
        "|---|---|---|---|---|---|---|",
        *lines,
        "",
        *(f"- {one}" for one in sorted(set(crashes))),
    ]
    REPORT.write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")
    for one in sorted({*crashes, *outside})[:40]:
        print(one)
    return 1 if crashes or outside else 0


if __name__ == "__main__":
    raise SystemExit(main())
