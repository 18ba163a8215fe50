"""Steps of a run: one body's fault is its own, a failed check stops in every run, and what is unchanged is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from wres_pipeline import settings
from wres_pipeline.pipelines import check_outcomes
from wres_pipeline.pipelines.performing import perform
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import Done, Step, StepResult, together
from wres_pipeline.quality.expectations import Outcome


class Plan:
    """Two steps: figures, which a body's file can break, and a report made from them, which writes a file."""

    def __init__(self, place: Path) -> None:
        self.run = Run(RunScope(settings.load(), place / "extracts", place / "out", place / "w.duckdb"), 2021)
        self.made: list[str] = []
        for code in ("A00", "B00"):
            (place / "extracts" / code).mkdir(parents=True)
            self.deliver(code, "sound")
        self.steps = (
            Step("figures", together(self._figures), ("figures",), extracts=True),
            Step("report", together(self._report), ("report",), after=("figures",)),
        )

    def deliver(self, code: str, content: str) -> None:
        (self.run.scope.extracts / code / "staff.csv").write_text(content, encoding="utf-8")

    def _figures(self, run: Run, codes: Sequence[str]) -> dict[str, Done]:
        for code in codes:
            if (run.scope.extracts / code / "staff.csv").read_text(encoding="utf-8") == "broken":
                raise ValueError("the file is broken")
        self.made += [f"figures {code}" for code in codes]
        return {code: Done({"figures": 1}) for code in codes}

    def _report(self, run: Run, codes: Sequence[str]) -> dict[str, Done]:
        for code in codes:
            file = run.scope.folders(code, 2021).internal / "report.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code, encoding="utf-8")
        self.made += [f"report {code}" for code in codes]
        return {code: Done() for code in codes}

    def states(self) -> dict[tuple[str, str], str]:
        self.made.clear()
        return {(r.step, r.organisation_code): r.state for r in perform(self.run, self.steps, ["A00", "B00"])}

    def check(self, code: str, *, passed: bool) -> None:
        with self.run.scope.open() as con:
            check_outcomes.keep(
                con, 2021, [Outcome("sums", "figures", "blocking", code, passed, "2 is not 3", 1)]
            )


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(tmp_path)


def test_one_body_s_fault_stops_its_own_steps_and_no_other_s(plan: Plan) -> None:
    plan.deliver("A00", "broken")
    assert plan.states() == {
        ("figures", "A00"): "failed",
        ("figures", "B00"): "made",
        ("report", "A00"): "stopped",
        ("report", "B00"): "made",
    }


def test_what_has_not_changed_is_left_alone_and_what_has_is_made_again_with_what_follows(plan: Plan) -> None:
    assert set(plan.states().values()) == {"made"}
    assert set(plan.states().values()) == {"unchanged"}
    assert plan.made == []
    plan.deliver("B00", "grown")
    plan.states()
    assert plan.made == ["figures B00", "report B00"]


@pytest.mark.parametrize("damage", ["gone", "edited"])
def test_a_file_that_is_gone_or_edited_is_written_again(plan: Plan, damage: str) -> None:
    plan.states()
    file = plan.run.scope.folders("A00", 2021).internal / "report.txt"
    file.unlink() if damage == "gone" else file.write_text("other", encoding="utf-8")
    plan.states()
    assert plan.made == ["report A00"]
    assert file.read_text(encoding="utf-8") == "A00"


def test_a_blocking_check_that_stands_failed_refuses_what_follows_in_every_run_for_its_body(
    plan: Plan,
) -> None:
    plan.states()
    plan.check("A00", passed=False)
    for _ in range(2):
        results: list[StepResult] = list(perform(plan.run, plan.steps, ["A00", "B00"], wanted={"report"}))
        assert [(r.organisation_code, r.state) for r in results] == [("A00", "refused"), ("B00", "unchanged")]
        assert "2 is not 3" in results[0].words
    plan.check("A00", passed=True)
    assert set(plan.states().values()) == {"unchanged"}
