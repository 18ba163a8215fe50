"""The plan on a day: every action with its status and its figures, ready to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wres_pipeline.action_plan.movement import Movement, movements
from wres_pipeline.action_plan.plan import Action, Plan
from wres_pipeline.action_plan.status import DUE, LATE, NO_EVIDENCE, STATUSES, Standing, standing
from wres_pipeline.indicators.figure import Figure

NEEDS_ATTENTION = (LATE, DUE, NO_EVIDENCE)


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """One action, how it stands on the day, and whether its figures moved."""

    action: Action
    standing: Standing
    movements: tuple[Movement, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should be warned of it: late, due within 31 days, or without evidence."""
        return self.standing.status in NEEDS_ATTENTION


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan on a day."""

    plan: Plan
    on: date
    actions: tuple[ActionProgress, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many actions have each status, in the order of STATUSES."""
        found = Counter(one.standing.status for one in self.actions)
        return {status: found[status] for status in STATUSES}

    @property
    def attention(self) -> tuple[ActionProgress, ...]:
        """The actions somebody should be warned of, earliest due first."""
        return tuple(sorted((a for a in self.actions if a.needs_attention), key=lambda a: a.standing.due))


def progress(
    plan: Plan, figures: Mapping[int, Sequence[Figure]], reporting_year: int, on: date
) -> PlanProgress:
    """The plan on the day `on`, with the organisation's figures by reporting year (an edition's own,
    throughout).
    """
    return PlanProgress(
        plan,
        on,
        tuple(
            ActionProgress(
                action, standing(action, plan, on), tuple(movements(action, plan, figures, reporting_year))
            )
            for action in plan.actions
        ),
    )
