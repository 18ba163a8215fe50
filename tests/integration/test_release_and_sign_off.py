"""What a run publishes and what it does not, and what a sign-off signs.

The extracts are those of the sample's smaller organisation; each step stands on what the one before left.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests import annual_run
from tests.annual_run import NOT_MADE, ROOT, AnnualRun
from wres_pipeline import cli, lint
from wres_pipeline.reports.release import plan_disclosure, seal
from wres_pipeline.reports.site import pdf

CODE = "X01"
DATED = "2021-09-01"
PAGE = f"public/{CODE}/2021/index.html"
WITHOUT_PDF = "\n[reports]\npdf = false\n"
UNRELEASED = f"{CODE}/2021/not-released/index.html"


@dataclass
class Desk:
    """One organisation's folders, and the commands given there."""

    extracts: Path
    place: Path
    monkeypatch: pytest.MonkeyPatch
    printed: list[str] = field(default_factory=list)
    more_settings: str = ""

    @property
    def output(self) -> Path:
        return self.place / "output"

    def wres(self, *words: str) -> int:
        for name, path in (
            ("EXTRACTS", self.extracts),
            ("OUTPUT", self.output),
            ("WAREHOUSE", self.place / "warehouse.duckdb"),
            ("DAGSTER_HOME", self.place / "dagster_home"),
        ):
            self.monkeypatch.setenv(f"WRES_{name}", str(path))
        self.monkeypatch.chdir(self.place)
        (self.place / "wres.toml").write_text(
            "[targets]"
            + (ROOT / "wres.toml").read_text(encoding="utf-8").split("[targets]", 1)[1]
            + self.more_settings,
            encoding="utf-8",
        )
        result = CliRunner().invoke(cli.app, list(words))
        self.printed.append(result.output)
        return result.exit_code

    def sign(self) -> int:
        return self.wres(
            "sign-off", CODE, "--year", "2021", "--body", "Governing Body", "--role", "Chair", "--date", DATED
        )

    def note(self, text: str) -> None:
        place = self.output / CODE / "2021" / "notes.yaml"
        place.write_text(f'indicator_2:\n  adds: "{text}"\n', encoding="utf-8")

    def plan(self, old: str, new: str) -> None:
        place = self.extracts / CODE / "actions.yaml"
        place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")


def _breaks_down(_: object) -> list[object]:
    raise RuntimeError("no page can be read")


@pytest.fixture
def desk(tmp_path: Path, sample_run: AnnualRun, monkeypatch: pytest.MonkeyPatch) -> Desk:
    place = tmp_path / "place"
    # the warehouse of the shared run saves reading the extracts again
    shutil.copytree(
        sample_run.place, place, ignore=shutil.ignore_patterns("dagster_home", "output", "*.lock")
    )
    extracts = annual_run.copy_of_the_sample(tmp_path / "extracts", CODE)
    return Desk(extracts, place, monkeypatch)


def test_what_is_released_and_what_is_signed(desk: Desk) -> None:
    assert desk.sign() == NOT_MADE
    assert "make it with wres run first" in desk.printed[-1]

    # a publication is signed with the date it carries
    run = ("run", "--year", "2021", "--organisation", CODE, "--date", "2021-08-15")
    without_date = run[:-2]
    # 5 BME people of the workforce are withheld in indicator 9; who sits on the board is not, it stands on the website
    told_of_five = "Minute naming the lead, read by our 5 BME staff"
    desk.plan("Minute naming the lead, portfolio on the website", told_of_five)
    assert desk.wres(*run) in (0, 1), desk.printed[-1]
    assert "Draft: not yet signed off." in desk.read(PAGE)
    assert "Draft: not yet signed off." in desk.read(f"{CODE}/2021/internal/index.html")

    # nor does its action plan say a number that the publication withholds
    assert "the action plan, A03, evidence: left out of the public edition" in desk.printed[-1]
    assert told_of_five in desk.read(f"{CODE}/2021/internal/action-plan.html")
    public_pages = [
        desk.read(str(p.relative_to(desk.output))) for p in (desk.output / "public").rglob("*.html")
    ]
    assert not any(told_of_five in page for page in public_pages)
    assert plan_disclosure.STANDS_INSTEAD in desk.read(f"public/{CODE}/2021/action-plan.html")
    assert (desk.output / "public" / CODE / "2021" / pdf.NAME).exists() == (not pdf.missing())
    assert (pdf.NAME in desk.read(PAGE)) == (not pdf.missing())
    assert "dated 15 August 2021" in desk.read(PAGE)
    before = annual_run.files_of(desk.output / "public" / CODE / "2021")
    notes = desk.output / CODE / "2021" / "notes.yaml"
    as_written = notes.read_bytes()
    desk.note("Put right.")
    assert desk.sign() == NOT_MADE
    assert "no longer what was released" in desk.printed[-1]
    notes.write_bytes(as_written)
    assert desk.sign() == 0, desk.printed[-1]
    assert "Signed off by Governing Body on 1 September 2021;" in desk.printed[-1]
    assert "Draft" not in desk.read(PAGE)
    assert "Draft: not yet signed off." not in desk.read(f"{CODE}/2021/internal/index.html")
    assert "dated 15 August 2021" in desk.read(PAGE)
    assert set(annual_run.files_of(desk.output / "public" / CODE / "2021")) == {*before, seal.FILE}
    public = desk.output / "public" / CODE / "2021"
    assert desk.wres("verify", str(public)) == 0
    assert "unchanged; signed off by Governing Body (Chair) on 1 September 2021" in desk.printed[-1]

    # a mistake that shows keeps it from being released, and from being signed
    desk.more_settings = WITHOUT_PDF
    released = annual_run.files_of(desk.output / "public" / CODE / "2021")
    desk.note("White applicants: the relative likelihood was 17.16%.")
    assert desk.sign() == NOT_MADE
    assert "is signed off already" in desk.printed[-1]
    assert desk.wres(*run) == NOT_MADE
    assert "publication has no mistake that shows" in desk.printed[-1]
    assert f"{CODE}: Not released" in desk.printed[-1]
    assert annual_run.files_of(desk.output / "public" / CODE / "2021") == released
    assert "17.16%" in desk.read(UNRELEASED.replace("index", "indicator-2"))
    assert desk.sign() == NOT_MADE
    assert "was not released" in desk.printed[-1]

    # a check that breaks down is an error too: nothing is released unseen
    desk.note("Put right.")
    with desk.monkeypatch.context() as broken:
        broken.setattr(lint, "lint_files", _breaks_down)
        assert desk.wres(*run) == NOT_MADE
    assert f"{CODE}: report publication failed: no page can be read" in desk.printed[-1]
    assert annual_run.files_of(desk.output / "public" / CODE / "2021") == released

    # put right, it still does not change what was signed: a correction is a new version, and both stay
    assert desk.wres(*run) == NOT_MADE
    assert "is signed off, and is not changed in place" in desk.printed[-1]
    assert annual_run.files_of(public) == released
    # and what has changed is the report of the day on which it changed, where the run is given none
    assert desk.wres("correct", CODE, "--year", "2021", "--reason", "a note was added") == 0
    assert desk.wres(*without_date) in (0, 1), desk.printed[-1]
    note = desk.output / CODE / "2021" / "publication.json"
    told = json.loads(note.read_text(encoding="utf-8"))
    made = date.fromisoformat(told["dated"])
    assert (date.today() - made).days in (0, 1)
    assert f"dated {made.day} {made:%B %Y}" in desk.read(PAGE)
    assert not (desk.output / UNRELEASED).exists()
    assert "Version 2. It replaces version 1: a note was added." in desk.read(PAGE)
    assert "Draft: not yet signed off." in desk.read(PAGE)
    assert annual_run.files_of(public / "version-1") == released
    assert desk.wres("verify", str(public)) == 1
    assert desk.wres("verify", str(public / "version-1")) == 0

    # made on another day from the same content, it is the report of the first day, and may be signed on the next
    note.write_text(json.dumps({**told, "dated": "2021-11-05"}), encoding="utf-8")
    (desk.output / PAGE).unlink()
    assert desk.wres(*without_date) in (0, 1), desk.printed[-1]
    assert "dated 5 November 2021" in desk.read(PAGE)
    signed = ("sign-off", CODE, "--year", "2021", "--body", "Board", "--role", "Chair", "--date")
    assert desk.wres(*signed, "2021-11-04") == NOT_MADE
    assert desk.wres(*signed, "2021-11-06") == 0, desk.printed[-1]
    assert "dated 5 November 2021" in desk.read(PAGE)
    assert desk.wres("verify", str(public)) == 0

    # an edit of what was signed is noticed
    page = public / "version-1" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Draft", "draft") + " ", encoding="utf-8")
    assert desk.wres("verify", str(public / "version-1")) == 1
    assert "changed: index.html" in desk.printed[-1]
    assert "Put right." in desk.read(PAGE.replace("index", "indicator-2"))


def test_a_report_made_without_a_date_carries_the_day_it_was_made(sample_run: AnnualRun) -> None:
    told = json.loads((sample_run.output / CODE / "2021" / "publication.json").read_text(encoding="utf-8"))
    made = date.fromisoformat(told["dated"])
    assert (date.today() - made).days in (0, 1)
    assert told["asked"] == ""
    assert f"dated {made.day} {made:%B %Y}" in (sample_run.output / PAGE).read_text(encoding="utf-8")
