"""Random changes of what a run reads, and after each the run of what is due beside a run of everything: the same bytes.

    python -m evidence.changed_runs [--changes 24] [--seed 20261128]

The body is the sample's smaller organisation. A change is a note, an item of the action plan, a setting, a file replaced,
removed or added, a mapping or a confirmation, one or two of them at a time; changes pile up. After each the organisation is run in
place, and, in a copy of the same place whose records of steps were taken out, made whole; every file of the outputs, the
register of releases with them, is compared. Writes docs/evidence/changed_runs.md. Ends with status 1 when a byte differs.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

from tests import annual_run
from wres_pipeline import background, warehouse
from wres_pipeline.commands import run as command_run
from wres_pipeline.pipelines import landing

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "changed_runs.md"
CODE = "X01"


class Place:
    """An installation of one organisation: extracts, settings, warehouse and outputs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.extracts = folder / "extracts"
        self.mine = self.extracts / CODE
        self.output = folder / "output"
        self.file = folder / "wres.toml"

    def run(self) -> tuple[int, str]:
        """What `wres run` says; (status, words)."""
        os.environ["WRES_SETTINGS"] = str(self.file)
        os.environ["DAGSTER_HOME"] = str(self.folder / "dagster_home")
        printed = io.StringIO()
        with redirect_stdout(printed):
            status = command_run.run(
                annual_run.settings_of(self.extracts, self.folder, self.file),
                organisations=[],
                year=None,
                reports_for=[],
                no_reports=False,
                dated="",
            )
        return status, printed.getvalue()

    def beside(self, folder: Path) -> Place:
        """A copy that knows of no step it has made, but of what landed: a finding that a file is gone tells of the last landing."""
        shutil.copytree(self.folder, folder)
        with warehouse.connect(folder / "warehouse.duckdb") as con:
            con.execute("DELETE FROM step_records WHERE step <> ?", [landing.LAND])
        return Place(folder)


def note(place: Place, chance: random.Random) -> None:
    file = next((place.output / CODE).glob("*/notes.yaml"))
    lines = file.read_text(encoding="utf-8").splitlines()
    at = chance.choice(
        [n for n, line in enumerate(lines) if re.match(r"  (text|adds|action_planned):", line)]
    )
    field = lines[at].split(":")[0]
    lines[at] = f'{field}: "The board talked of it on {chance.randint(1, 28)} May, and will again."'
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def plan(place: Place, chance: random.Random) -> None:
    file = place.mine / "actions.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = chance.choice([n for n, line in enumerate(lines) if line.strip().startswith("title:")])
    lines[at] += f", once more ({chance.randint(1, 99)})"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def setting(place: Place, chance: random.Random) -> None:
    text = place.file.read_text(encoding="utf-8")
    which = chance.randrange(3)
    if which == 0:
        text = re.sub(r"(?m)^declaration = \S+", f"declaration = 0.{chance.randint(70, 99)}", text)
    elif which == 1:
        text = re.sub(r"(?m)^normal_lag_days = \S+", f"normal_lag_days = {chance.randint(20, 90)}", text)
    else:
        text = re.sub(r'contact = "\w+@', f'contact = "wres{chance.randint(1, 99)}@', text, count=1)
    place.file.write_text(text, encoding="utf-8")


def replaced(place: Place, chance: random.Random) -> None:
    file = chance.choice(sorted(place.mine.glob("[btae][ros][aprs]*_20*.csv")))
    lines = file.read_text(encoding="utf-8").splitlines()
    if len(lines) > 2:
        del lines[chance.randrange(1, len(lines))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def removed(place: Place, chance: random.Random) -> None:
    files = sorted([*place.mine.glob("training_*.csv"), *place.mine.glob("appraisals_*.csv")])
    if files:
        chance.choice(files).unlink()


def added(place: Place, chance: random.Random) -> None:
    gone = [
        each for each in sorted((annual_run.SAMPLE / CODE).iterdir()) if not (place.mine / each.name).exists()
    ]
    if gone:
        each = chance.choice(gone)
        shutil.copyfile(each, place.mine / each.name)


def mapping(place: Place, chance: random.Random) -> None:
    folder = place.mine / "mappings"
    folder.mkdir(exist_ok=True)
    codes = chance.sample("ABCDEFGHJKLMNPRS", 2)
    (folder / "ethnic_labels.csv").write_text(
        f"label,means\nlocal {chance.randint(1, 9)},{codes[0]}\nNot Stated,Z\n", encoding="utf-8"
    )


def confirmation(place: Place, chance: random.Random) -> None:
    file = next((place.output / CODE).rglob("findings.csv"))
    rows = [r for r in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()) if r.get("mark")]
    if not rows:
        return
    row = chance.choice(rows)
    where = f"    file: {row['file']}\n" if row.get("file") else f"    period: {row.get('period', '')}\n"
    (place.mine / "confirmations.yaml").write_text(
        f"confirmations:\n  - finding: {row['code']}\n    mark: {row['mark']}\n{where}"
        "    reason: it is so\n    role: Head of Workforce Information\n    until: 2030-03-31\n",
        encoding="utf-8",
    )


CHANGES: tuple[Callable[[Place, random.Random], None], ...] = (
    note, plan, setting, replaced, removed, added, mapping, confirmation,
)  # fmt: skip


def compared(
    place: Place,
    scratch: Path,
    changes: Sequence[Callable[[Place, random.Random], None]],
    chance: random.Random,
) -> tuple[int, str, list[str]]:
    """What a run of what is due gives after these changes: (exit status, its words, files that a run of everything has otherwise)."""
    for change in changes:
        change(place, chance)
    whole = place.beside(scratch / "whole")
    status, said = place.run()
    whole_status, _ = whole.run()
    differing = annual_run.differing(annual_run.files_of(place.output), annual_run.files_of(whole.output))
    shutil.rmtree(whole.folder)
    return status, said, [*differing, *([f"exit status {whole_status}"] if status != whole_status else [])]


def left_alone(said: str) -> str:
    """What a run says of the steps it left alone; blank where it made all."""
    found = re.search(r"(\d+) of (\d+) steps had not changed|nothing had changed", said)
    return found.group(0) if found else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=24)
    parser.add_argument("--seed", type=int, default=20261128)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    kinds: Counter[str] = Counter()
    left, wrong, rows = 0, 0, []
    with (
        tempfile.TemporaryDirectory(prefix="wres-changed-runs-") as folder,
        background.process(Path(folder) / "second.log"),
    ):
        scratch = Path(folder)
        place = Place(scratch / "place")
        annual_run.copy_of_the_sample(place.extracts, CODE)
        annual_run.settings_file(place.folder)
        place.run()
        for number in range(1, asked.changes + 1):
            several = chance.sample(CHANGES, chance.choice((1, 1, 2)))
            kinds.update(change.__name__ for change in several)
            status, said, differing = compared(place, scratch, several, chance)
            told = left_alone(said)
            left += bool(told)
            wrong += bool(differing)
            names = " and ".join(change.__name__ for change in several)
            rows.append(
                f"| {number} | {names} | {status} | {told or 'extracts were read again'} | {', '.join(differing) or 'none'} |"
            )
            print(rows[-1], flush=True)
    lines = [
        "# Runs of what is due beside runs of everything",
        "",
        f"`python -m evidence.changed_runs --changes {asked.changes} --seed {asked.seed}`, 2026-11-28, 2 cores, 24 GB. "
        f"{asked.changes} times something that a run reads was changed at random ({', '.join(f'{k} {n}' for k, n in sorted(kinds.items()))}); "
        f"{left} runs left steps alone; the outputs of {wrong} differed from those of a run of everything.",
        "",
        "| change | what | exit status | steps | files that differ |",
        "|---|---|---|---|---|",
        *rows,
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
