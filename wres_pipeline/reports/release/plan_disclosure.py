"""The texts of the action plan that say a number withheld in the public edition: they stay out of it.

A text of an action is held against the withheld figures of the indicators the action should move, one of an action that
names none, and the title of the plan, against all of them [ours]. What counts as saying a number: see `said_numbers`,
where a plan is prose about what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wres_pipeline.action_plan.plan import Action, Plan
from wres_pipeline.disclosure.register.store import figure_words
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators, shown_text
from wres_pipeline.reports.context import TextLeftOut
from wres_pipeline.reports.free_text_disclosure import given_away, withheld

FILE = "actions.yaml"
STANDS_INSTEAD = "Left out here, because it says a number that is withheld."
THE_PLAN = "the plan"


def left_out(plan: Plan, true: Iterable[Figure], public: Iterable[Figure]) -> tuple[TextLeftOut, ...]:
    """The texts that say a number withheld in the public edition, with one figure each that they give away.

    true, public: the figures of both years before and after disclosure control.
    """
    hidden = withheld(true, public)
    found: list[TextLeftOut] = []
    if given := given_away(plan.title, hidden, prose=True):
        found.append(TextLeftOut(FILE, THE_PLAN, "plan", figure_words(given.key)))
    for action in plan.actions:
        about = [f for f in hidden if f.indicator in _indicators(action)] if action.indicators else hidden
        found += [
            TextLeftOut(FILE, action.action_id, field, figure_words(given.key))
            for field, text in _texts(action)
            if (given := given_away(text, about, prose=True))
        ]
        found += [
            TextLeftOut(FILE, action.action_id, field, "")
            for field, text in _texts(action)
            if text == shown_text.LEFT_OUT
        ]
    return tuple(found)


def without(plan: Plan, left: Sequence[TextLeftOut]) -> Plan:
    """The plan as the public edition prints it; statuses and figures are found as in the plan itself."""
    places = {(one.section, one.field) for one in left if one.file == FILE}

    def shown(action: Action) -> Action:
        def text(field: str, words: str, instead: str = STANDS_INSTEAD) -> str:
            return instead if (action.action_id, field) in places else words

        return replace(
            action,
            title=text(
                "title", action.title, "its title is left out here, because it says a number that is withheld"
            ),
            owner=text("owner", action.owner),
            expected_outcome=text("expected_outcome", action.expected_outcome),
            evidence=text("evidence", action.evidence),
            updates=tuple(
                replace(update, text=text(_of_update(update.day.isoformat()), update.text))
                for update in action.updates
            ),
        )

    return replace(
        plan,
        title="Action plan" if (THE_PLAN, "plan") in places else plan.title,
        actions=tuple(shown(action) for action in plan.actions),
    )


def _texts(action: Action) -> Iterator[tuple[str, str]]:
    """(field, text) of everything the owner of an action wrote in words."""
    yield "title", action.title
    yield "owner", action.owner
    yield "expected_outcome", action.expected_outcome
    yield "evidence", action.evidence
    for update in action.updates:
        yield _of_update(update.day.isoformat()), update.text


def _of_update(day: str) -> str:
    return f"update of {day}"


def _indicators(action: Action) -> frozenset[str]:
    """Those the action names; the race disparity ratios are made of the counts of indicator 1."""
    named = frozenset(action.indicators)
    return named | {indicators.WORKFORCE} if indicators.DISPARITY in named else named
