"""The commissioner's desk through the annual job: the system of two members, and pages that are not safe."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from evidence.public_files import Knowledge, attack, read_csv, read_pages
from tests import annual_run
from tests.annual_run import SAMPLE_ORGANISATIONS, AnnualRun
from tests.unit.reports.invented_desk import CONTEXT, FIGURES, INPUTS
from wres_pipeline import schema, settings
from wres_pipeline.commands import written_files
from wres_pipeline.commissioner import dashboard
from wres_pipeline.disclosure import Policy
from wres_pipeline.disclosure.proof.audit import Audit
from wres_pipeline.pipelines import systems as system
from wres_pipeline.pipelines.commissioner_desk import publish
from wres_pipeline.pipelines.editions import mistakes_that_show
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.reports.commissioner import commissioner_pages
from wres_pipeline.reports.site.system_page import Member
from wres_pipeline.settings import System


def test_pages_an_audit_speaks_against_are_not_written_and_the_earlier_ones_go(tmp_path: Path) -> None:
    made, public = dashboard.internal(INPUTS, FIGURES), replace(CONTEXT, edition="public")
    assert publish(made, Audit(checked=3), None, public, tmp_path)
    assert "BME" in (tmp_path / "population.html").read_text(encoding="utf-8")
    failed = Audit(leaks=(("1", "headcount"),), checked=3)
    assert not publish(made, failed, None, public, tmp_path)
    assert not list(tmp_path.glob("provider-*"))
    assert "is not published" in (tmp_path / "population.html").read_text(encoding="utf-8")


def test_a_system_one_of_whose_members_has_no_figures_is_not_made_and_says_whom_to_run() -> None:
    whole = System("XSY", "The system", ("X01", "XTR"))
    with duckdb.connect() as con:
        schema.bring_up(con)
        found = system.add_up(con, RunScope(settings.load(), Path(), Path(), Path()), whole, 2021)
    assert (found.true, found.public) == ((), ())
    assert found.not_made_words(whole, 2021) == "there are no figures of X01, XTR for 2021: run them as well"


def test_a_system_is_left_out_without_a_failed_check_where_its_other_members_were_not_asked_for() -> None:
    assert system.SystemFigures(lacking=("XTR",)).left_out(["X01"])
    assert not system.SystemFigures(lacking=("XTR",)).left_out(["X01", "XTR"])
    assert not system.SystemFigures(lacking=("XTR", "RZ1")).left_out(["X01", "XTR"])
    assert not system.SystemFigures(different=3).left_out(["X01"])
    assert not system.SystemFigures().left_out(["X01"])


def test_a_system_that_is_not_made_again_leaves_no_page_behind(tmp_path: Path) -> None:
    members = [Member("X01", "One", "310", "draft"), Member("XTR", "Other", "2,974", "draft")]
    assert system.write_editions({"public": FIGURES}, members, CONTEXT, {"public": tmp_path / "public"}) == (
        tmp_path / "public" / "index.html",
    )
    assert (tmp_path / "public" / "figures.csv").exists()
    assert system.write_editions({"public": []}, members, CONTEXT, {"public": tmp_path / "public"}) == ()
    assert not [left.name for left in (tmp_path / "public").iterdir() if left.is_file()]


SYSTEM = "XSY"
NAMED = ("indicator", "measure", "cluster", "band", "ethnic_group")


def rows_of(run: AnnualRun, code: str, edition: str) -> dict[tuple[str, ...], dict[str, str]]:
    """The figures of 2021 of one edition, by name."""
    file = annual_run.edition(run.output, code, 2021, edition) / "figures.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            tuple(row[name] for name in NAMED): row
            for row in csv.DictReader(lines)
            if row["reporting_year"] == "2021"
        }


def printed(row: dict[str, str]) -> bool:
    return row["state"] in ("value", "zero")


def test_an_action_that_is_due_or_late_warns_and_names_itself(sample_run: AnnualRun) -> None:
    words = "Check failed (to look at): no action is late due or without evidence. X01: A06, A10, A02, A04"
    assert words in sample_run.printed


def test_the_desk_of_the_sample_stands_in_both_editions(sample_run: AnnualRun) -> None:
    pages = {one.href for one in commissioner_pages.pages(reviews=True, plan=True)}
    for edition in ("internal", "public"):
        folder = annual_run.edition(sample_run.output, "X01", 2021, edition)
        assert pages <= {path.name for path in folder.glob("*.html")}
        assert len(list(folder.glob("provider-review-*-2021.docx"))) == 3


def test_every_count_of_the_system_is_the_sum_of_its_members(sample_run: AnnualRun) -> None:
    members = [rows_of(sample_run, code, "internal") for code in SAMPLE_ORGANISATIONS]
    counts = [
        (name, row)
        for name, row in rows_of(sample_run, SYSTEM, "internal").items()
        if row["unit"] == "people" and printed(row)
    ]
    assert len(counts) > 150
    for name, row in counts:
        assert float(row["value"]) == sum(float(of[name]["value"]) for of in members), name


def test_a_likelihood_of_the_system_is_worked_out_from_the_sums(sample_run: AnnualRun) -> None:
    rows = rows_of(sample_run, SYSTEM, "internal")
    counts = {
        (measure, group): float(rows["2", measure, "", "", group]["value"])
        for measure in ("shortlisted", "appointed")
        for group in ("White", "BME")
    }
    white, bme = (counts["appointed", group] / counts["shortlisted", group] for group in ("White", "BME"))
    ratio = rows["2", "relative_likelihood_white_over_bme", "", "", ""]
    assert float(ratio["value"]) == pytest.approx(white / bme)


def test_the_public_system_shows_a_count_exactly_where_every_member_does(sample_run: AnnualRun) -> None:
    members = [rows_of(sample_run, code, "public") for code in SAMPLE_ORGANISATIONS]
    shown = {True: 0, False: 0}
    for name, row in rows_of(sample_run, SYSTEM, "public").items():
        if row["unit"] == "people" and row["state"] != "not_collected":
            everybody = all(printed(of[name]) for of in members)
            assert printed(row) == everybody, name
            assert not everybody or float(row["value"]) == sum(float(of[name]["value"]) for of in members)
            shown[everybody] += 1
    assert shown[True] > 50 and shown[False] > 50


def test_what_one_member_did_not_bring_is_not_summed_and_the_page_says_whose_it_is(
    sample_run: AnnualRun,
) -> None:
    rows = rows_of(sample_run, SYSTEM, "public")
    note = "Not summed: X01 brought no staff survey answers."
    assert rows["5", "percentage", "", "", "BME"]["state"] == "not_collected"
    assert rows["5", "percentage", "", "", "BME"]["note"].startswith(note)
    page = (sample_run.output / "public" / SYSTEM / "2021" / "index.html").read_text(encoding="utf-8")
    assert note in page
    assert "Carrick Bay Hospitals NHS Trust" in page


def known_of_all(run: AnnualRun) -> Knowledge:
    """What the public files of both members and of their system say together."""
    known = Knowledge()
    for code in SAMPLE_ORGANISATIONS:
        folder = run.output / "public" / code / "2021"
        read_csv(folder / "figures.csv", known, of=f"{code} ")
        assert read_pages(folder, known, of=f"{code} ") > 200
    folder = run.output / "public" / SYSTEM / "2021"
    read_csv(folder / "figures.csv", known, of=f"{SYSTEM} ", of_a_system=True)
    assert read_pages(folder, known, of=f"{SYSTEM} ", of_a_system=True) > 150
    known.together.append((f"{SYSTEM} 2021", tuple(f"{code} 2021" for code in SAMPLE_ORGANISATIONS)))
    return known


def test_no_withheld_count_of_a_member_can_be_worked_out_of_all_public_files_together(
    sample_run: AnnualRun,
) -> None:
    known = known_of_all(sample_run)
    assert len(known.withheld) > 100
    assert attack(known, Policy().width) == {}
    assert known.impossible == []


def test_the_attack_takes_one_member_from_the_whole_where_the_system_prints_its_true_count(
    sample_run: AnnualRun,
) -> None:
    known = known_of_all(sample_run)
    small, large = (f"{code} 2021" for code in SAMPLE_ORGANISATIONS)
    true = rows_of(sample_run, SYSTEM, "internal")
    hidden = next(
        key
        for key in sorted(known.withheld)
        if key[:2] == (small, "appointed") and (large, *key[1:]) not in known.withheld
    )
    whole = float(true["2", "appointed", "", "", hidden[4]]["value"])
    known.know((f"{SYSTEM} 2021", *hidden[1:]), whole, whole)
    assert hidden in attack(known, Policy().width)


def test_a_public_page_of_the_desk_is_read_by_the_lint(tmp_path: Path) -> None:
    sound, wrong = tmp_path / "benchmark.html", tmp_path / "fair-process.html"
    sound.write_text("<h1>Benchmark</h1><p>The relative likelihood was 1.25.</p>", encoding="utf-8")
    wrong.write_text("<h1>Recruitment</h1><p>The relative likelihood was 17.16%.</p>", encoding="utf-8")
    chart = tmp_path / "assets" / "a.svg"
    assert mistakes_that_show("X01", [sound, chart]) == []
    (told,) = mistakes_that_show("X01", [sound, wrong, chart])
    assert told.startswith("X01: fair-process.html")


def test_letters_go_into_the_commissioner_s_own_folder_and_tell_what_a_provider_s_own_return_has_otherwise(
    sample_run: AnnualRun, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = replace(
        settings.load(), extracts=annual_run.SAMPLE, output=tmp_path, warehouse=sample_run.warehouse
    )
    assert written_files.letters(told, "X01", 2021, None, None, date(2021, 12, 1)) == 0
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.docx")) == [
        f"X01/2021/letters/letter-{code}-2021.docx" for code in ("xam", "xmh", "xtr")
    ]
    assert "answers asked for by 29 December 2021; 8 published figures differ" in capsys.readouterr().out
