"""Steps of a run, on the small installation of `tests/earlier_version`: what stops a publication must stop it there, too,
and what Dagster is told of it must be as grave."""

from __future__ import annotations

import csv
import lzma
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from wres_pipeline import schema, warehouse
from wres_pipeline import settings as settings_module
from wres_pipeline.disclosure.proof.audit import Audit, Breach
from wres_pipeline.disclosure.protect import BEFORE
from wres_pipeline.disclosure.register import store as disclosure_store
from wres_pipeline.extracts.intake import resubmission
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.orchestration import checks, events, partitions
from wres_pipeline.pipelines import (
    check_outcomes,
    landing,
    month_tables,
    performing,
    plan,
    publication,
    records,
    systems,
    year_tables,
)
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import StepResult
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.settings import System

KEPT = Path(__file__).parents[1] / "earlier_version"
MARCH = date(2021, 3, 31)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the warehouse, the extracts and a settings file without any policy."""
    (tmp_path / "w.duckdb").write_bytes(lzma.decompress((KEPT / "wres.duckdb.xz").read_bytes()))
    shutil.copytree(KEPT / "extracts", tmp_path / "extracts")
    (tmp_path / "wres.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("WRES_SETTINGS", str(tmp_path / "wres.toml"))
    return tmp_path


def scope_of(place: Path) -> RunScope:
    """The scope of a run of X01 there, with the settings file as it stands now."""
    return RunScope(
        settings_module.load(),
        place / "extracts",
        place / "output",
        place / "w.duckdb",
        ("X01",),
        dated=date(2021, 10, 1),
    )


@pytest.fixture
def run(place: Path) -> Callable[..., dict[str, StepResult]]:
    """Carries out the steps named and no others, and gives what became of each."""

    def carried_out(*names: str) -> dict[str, StepResult]:
        of_month = names[0] in {step.name for step in month_tables.MONTH_TABLES}
        of_run = Run(scope_of(place), 2021, MARCH if of_month else None)
        steps = plan.MONTH if of_month else plan.YEAR
        return {found.step: found for found in performing.perform(of_run, steps, ["X01"], wanted=names)}

    return carried_out


def outcome_of(result: StepResult, check: str) -> Outcome:
    assert result.state == "made", result.words
    (found,) = [one for one in result.done.outcomes if one.check == check]
    return found


def told_to_dagster(*outcomes: Outcome) -> dg.AssetCheckResult:
    """What the web UI shows of a check with these outcomes."""
    key = dg.AssetCheckKey(dg.AssetKey(outcomes[0].asset), outcomes[0].check)
    (found,) = events.check_results([key], {(outcomes[0].asset, outcomes[0].check): outcomes})
    return found


def protected(place: Path, year: int) -> list[Figure]:
    with warehouse.connect(place / "w.duckdb") as con:
        return store.read(con, store.PROTECTED, "X01", year)


def test_a_file_put_into_the_folder_of_another_organisation_is_noticed_on_the_same_day(
    run: Callable[..., dict[str, StepResult]], place: Path
) -> None:
    """Organisation Y02 is no part of the run: its folder is only looked at."""
    (place / "w.duckdb").unlink()
    for kind in ("trac_applications", "appraisals", "employee_relations", "staff_survey", "board"):
        for unneeded in (place / "extracts" / "X01").glob(f"{kind}_*"):
            unneeded.unlink()
    with scope_of(place).open() as con:
        landing.land(scope_of(place), con)
    run(landing.CORE, year_tables.FINDINGS)
    neighbour, file = place / "extracts" / "Y02", "training_2021-03-31.csv"
    neighbour.mkdir()
    mine = (place / "extracts" / "X01" / file).read_bytes()
    (neighbour / file).write_bytes(mine[:-1])  # not the same size: no content of ours
    assert run(year_tables.FINDINGS)[year_tables.FINDINGS].state == "unchanged"
    (neighbour / file).write_bytes(mine)
    assert run(year_tables.FINDINGS)[year_tables.FINDINGS].state == "made"
    findings = (scope_of(place).folders("X01", 2021).private / "findings.csv").read_text(encoding="utf-8-sig")
    assert [line for line in findings.splitlines() if "folder of Y02" in line and file in line]
    assert run(year_tables.FINDINGS)[year_tables.FINDINGS].state == "unchanged"


def headcounts(figures: list[Figure]) -> list[int]:
    """Of the workforce: who sits on the board stands on its website."""
    return [int(f.value or 0) for f in figures if f.key[2:4] == ("1", "headcount") and f.state == "value"]


def test_a_publication_that_is_safe_passes_its_blocking_check(
    run: Callable[..., dict[str, StepResult]], place: Path
) -> None:
    with warehouse.connect(place / "w.duckdb") as con:
        con.execute("DELETE FROM protected_tables")
    found = outcome_of(run(year_tables.PROTECTED)[year_tables.PROTECTED], year_tables.SAFE)
    assert found.passed and found.severity == check_outcomes.BLOCKING
    assert found.looked_at > 0
    with warehouse.connect(place / "w.duckdb") as con:
        assert {*disclosure_store.tables(con, "X01", 2021)} == {
            "declaration X01 2020",
            "declaration X01 2021",
        }


def test_an_audit_that_fails_fails_the_blocking_check_and_nothing_is_published(
    run: Callable[..., dict[str, StepResult]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figures are known that protect() leaves unsafe, so the audit's answer is put in its place."""
    really = year_tables.protect

    def unsafe(*arguments: Any, **named: Any) -> Any:
        made = really(*arguments, **named)
        return replace(made, audit=Audit(breaches=(Breach(("X01",), 3, 4),), checked=1))

    monkeypatch.setattr(year_tables, "protect", unsafe)
    became = run(year_tables.PROTECTED, publication.PUBLICATION)
    found = told_to_dagster(outcome_of(became[year_tables.PROTECTED], year_tables.SAFE))
    assert not found.passed
    assert found.severity == dg.AssetCheckSeverity.ERROR
    assert "X01: Not safe to publish" in (found.description or "")
    refused = became[publication.PUBLICATION]
    assert (refused.state, refused.stands) == ("refused", False)
    assert "Not safe to publish" in refused.words


def test_the_organisation_s_own_threshold_is_kept(
    run: Callable[..., dict[str, StepResult]], place: Path
) -> None:
    run(year_tables.PROTECTED)
    assert 9 < min(headcounts(protected(place, 2021))) <= 20
    (place / "wres.toml").write_text("[disclosure]\nthreshold = 20\n", encoding="utf-8")
    run(year_tables.PROTECTED)
    assert min(headcounts(protected(place, 2021))) > 20


@pytest.mark.parametrize("folder", ["public/X01/2020", "X01/2020/public"])
def test_what_last_year_s_published_edition_withheld_stays_withheld(
    run: Callable[..., dict[str, StepResult]], place: Path, folder: str
) -> None:
    run(year_tables.PROTECTED)
    printed = next(
        f
        for f in protected(place, 2020)
        if f.measure == "headcount" and f.ethnic_group == "White" and f.value
    )
    with (KEPT / "output/X01/2020/public/figures.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        key = tuple(row[name] for name in ("indicator", "measure", "cluster", "band", "ethnic_group"))
        if key == printed.key[2:] and row["reporting_year"] == "2020":
            row |= {"state": "withheld", "value": "", "shown": "withheld"}
    file = place / "output" / folder / "figures.csv"
    file.parent.mkdir(parents=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    run(year_tables.PROTECTED)
    assert {f.key: f.state for f in protected(place, 2020)}[printed.key] == "withheld"
    with warehouse.connect(place / "w.duckdb") as con:
        assert BEFORE in {kept.because for kept in disclosure_store.withheld(con, "X01", 2021)}


def test_every_withheld_figure_has_its_reason_in_words(
    run: Callable[..., dict[str, StepResult]], place: Path
) -> None:
    run(year_tables.PROTECTED)
    with warehouse.connect(place / "w.duckdb") as con:
        kept = disclosure_store.withheld(con, "X01", 2021)
    assert len(kept) > 100
    assert [w for w in kept if len(w.because.split()) < 3 or not w.figure] == []
    assert any(w.because.startswith("a count from 1 to 9") for w in kept)


def test_a_link_that_has_broken_is_an_error_and_single_losses_are_a_warning(
    run: Callable[..., dict[str, StepResult]], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told_to_dagster(outcome_of(run(month_tables.GAP)[month_tables.GAP], month_tables.ARRIVES))
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.WARN)
    broken = Break("break", date(2020, 11, 1), (date(2020, 11, 1),), 0.95, 0.3, sure=True)
    monkeypatch.setattr(month_tables.break_point, "find", lambda series: broken)
    with warehouse.connect(place / "w.duckdb") as con:
        records.forget(con, month_tables.GAP, ["X01"], "2021-03")
    found = told_to_dagster(outcome_of(run(month_tables.GAP)[month_tables.GAP], month_tables.ARRIVES))
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.ERROR)


def test_a_file_sent_again_with_other_content_is_told_as_a_restatement(place: Path) -> None:
    file = place / "extracts/X01/appraisals_2021-03-31.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(lines[:-2]) + "\n", encoding="utf-8")
    with warehouse.connect(place / "w.duckdb") as con:
        landing.land(scope_of(place), con)
        (told,) = resubmission.all_recorded(con)
    assert (told.kind, told.gone, told.added) == ("appraisals", 2, 0)


def test_a_figure_that_moves_leaves_what_it_was_behind(place: Path) -> None:
    with warehouse.connect(place / "w.duckdb") as con:
        moved = [
            replace(f, value=int(f.value or 0) + 1, shown=f"{int(f.value or 0) + 1:,}") if n == 0 else f
            for n, f in enumerate(store.read(con, store.FIGURES, "X01", 2021))
        ]
        store.replace(con, store.FIGURES, moved, [2021], ["X01"])
        store.make(con, ["X01"], 2021)
        told = schema.read(con, "figure_restatements", store.FigureRestatement)
    first = next(
        t for t in told if (t.indicator, t.measure, t.cluster, t.band, t.ethnic_group) == moved[0].key[2:]
    )
    assert first.before_shown == moved[0].shown != first.after_shown


def test_a_system_that_is_not_the_sum_of_its_members_is_not_made(place: Path) -> None:
    whole = System("XSY", "The system", ("X01", "X02"))
    scope = scope_of(place)
    with warehouse.connect(place / "w.duckdb") as con:
        _copy_of_the_organisation(con, "X02")
        for code in whole.members:
            store.make(con, [code], 2021)
            con.execute(
                "INSERT INTO protected_figures BY NAME SELECT * FROM figures WHERE organisation_code = ? AND reporting_year = 2021 "
                "AND NOT EXISTS (SELECT 1 FROM protected_figures p WHERE p.organisation_code = ? AND p.reporting_year = 2021)",
                [code, code],
            )
        assert len(systems.add_up(con, scope, whole, 2021).true) > 300
        con.execute(
            "UPDATE figures SET value = value + 1 WHERE organisation_code = 'X02' AND reporting_year = 2021 "
            "AND indicator = '1' AND measure = 'headcount' AND cluster = '' AND ethnic_group = 'White'"
        )
        found = systems.add_up(con, scope, whole, 2021)
    assert found.different == 1
    assert (found.true, found.public) == ((), ())
    assert "not the sum" in found.not_made_words(whole, 2021)


def test_a_system_that_gives_a_member_away_is_not_published(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures that give a member away are worked out of counts; here the answer is put in their place."""
    whole = System("XSY", "The system", ("X01", "X02"))
    scope = scope_of(place)
    with warehouse.connect(place / "w.duckdb") as con:
        _copy_of_the_organisation(con, "X02")
        for code in whole.members:
            store.make(con, [code], 2021)
            con.execute("DELETE FROM protected_figures WHERE organisation_code = ?", [code])
            con.execute(
                "INSERT INTO protected_figures BY NAME SELECT * FROM figures WHERE organisation_code = ?",
                [code],
            )
        monkeypatch.setattr(systems.systems, "gives_away", lambda *given: [("X01",)])
        found = systems.add_up(con, scope, whole, 2021)
    assert found.given_away == 1 and found.true
    assert found.public == []


def _outcome(check: str, severity: str, passed: bool | None) -> Outcome:
    return Outcome(check, "core_workforce", severity, "X01", passed, "2 people are counted twice", 3)


def test_an_expectation_that_fails_fails_its_check_as_an_error_where_it_blocks() -> None:
    found = told_to_dagster(_outcome("people_counted_once", "blocking", passed=False))
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert "X01: 2 people are counted twice" in (found.description or "")
    found = told_to_dagster(_outcome("declaration_meets_the_target", "warning", passed=False))
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert told_to_dagster(_outcome("people_counted_once", "blocking", passed=True)).passed


def test_a_check_that_could_not_run_is_no_check_that_passed(place: Path) -> None:
    could_not = _outcome("people_counted_once", "blocking", passed=None)
    held = replace(could_not, organisation_code="X02", passed=True)
    found = told_to_dagster(held, could_not)
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.ERROR)
    with warehouse.connect(place / "w.duckdb") as con:
        check_outcomes.keep(con, 2021, [could_not, held])
        assert {*check_outcomes.standing(con, ["X01", "X02"], 2021, ["core_workforce"])} == {"X01"}


def test_a_check_that_nobody_put_is_no_check_that_passed() -> None:
    (found,) = events.check_results([dg.AssetCheckKey(dg.AssetKey("figures"), "any")], {})
    assert not found.passed


def test_an_expectation_blocks_where_its_row_says_so(
    run: Callable[..., dict[str, StepResult]], place: Path
) -> None:
    says = {
        spec.name: checks.STOPS in (spec.description or "") for spec in checks.specs_of(["core_workforce"])
    }
    assert says["people_counted_once"] and not says["declaration_meets_the_target"]
    with warehouse.connect(place / "w.duckdb") as con:
        check_outcomes.keep(con, 2021, [_outcome("declaration_meets_the_target", "warning", passed=False)])
    assert run(year_tables.FIGURES)[year_tables.FIGURES].state == "made"
    with warehouse.connect(place / "w.duckdb") as con:
        check_outcomes.keep(con, 2021, [_outcome("people_counted_once", "blocking", passed=False)])
    refused = run(year_tables.FIGURES)[year_tables.FIGURES]
    assert (refused.state, refused.words) == (
        "refused",
        "people counted once: 2 people are counted twice",
    )


def test_what_a_check_found_is_kept_for_the_return_and_replaced_by_the_next_run(place: Path) -> None:
    with warehouse.connect(place / "w.duckdb") as con:
        before = con.execute("SELECT count(*) FROM check_outcomes").fetchall()[0][0]
        check_outcomes.keep(con, 2021, [_outcome("people_counted_once", "blocking", passed=False)])
        kept = con.execute(
            "SELECT passed, words FROM check_outcomes WHERE check_name = 'people_counted_once' AND reporting_year = 2021"
        ).fetchall()
        assert con.execute("SELECT count(*) FROM check_outcomes").fetchall()[0][0] == before
    assert kept == [(False, "2 people are counted twice")]


def _copy_of_the_organisation(con: Any, code: str) -> None:
    """The rows of X01 once more, as those of another organisation with deliveries of its own."""
    for table in schema.stored_tables():
        if (
            table.name == "deliveries"
            or table.name.startswith("core_")
            and "organisation_code" in table.names
        ):
            changes = f"'{code}' AS organisation_code, delivery_id || '-{code}' AS delivery_id"
            con.execute(
                f"INSERT INTO {table.name} BY NAME SELECT * REPLACE ({changes}) FROM {table.name} "
                "WHERE organisation_code = 'X01'"
            )


def test_a_month_s_partition_ends_on_the_month_s_last_day() -> None:
    ends = [partitions.month_end(key) for key in ("2021-02-01", "2021-03-01", "2024-02-01")]
    assert ends == [date(2021, 2, 28), date(2021, 3, 31), date(2024, 2, 29)]
