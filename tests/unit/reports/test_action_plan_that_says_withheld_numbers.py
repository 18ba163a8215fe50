"""A text of the action plan that says a number withheld in the public edition stays out of it, and no other does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wres_pipeline.action_plan.plan import Action, Plan, Update
from wres_pipeline.action_plan.progress import progress
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reports.context import TextLeftOut
from wres_pipeline.reports.release import plan_disclosure

TRUE = [
    Figure("X01", 2021, "3", "entered_disciplinary", ethnic_group="BME", value=3, unit="people"),
    Figure("X01", 2021, "9", "headcount", band="board", ethnic_group="BME", value=1, unit="people"),
    Figure("X01", 2021, "1", "headcount", cluster="clinical", ethnic_group="BME", value=2, unit="people"),
]
PUBLIC = [replace(figure, state="withheld", value=None) for figure in TRUE]


def plan(*, title: str = "Action plan 2021-22", **of_the_action: object) -> Plan:
    action = Action("A01", "Review cases", "Head of Workforce", date(2021, 8, 31), indicators=("3",))
    return Plan("X01", title, date(2021, 5, 25), (replace(action, **of_the_action),))  # type: ignore[arg-type]


def fields(written: Plan) -> list[str]:
    return [one.field for one in plan_disclosure.left_out(written, TRUE, PUBLIC)]


@pytest.mark.parametrize(
    "text",
    [
        "The 3 disciplinary cases were reviewed",
        "Three BME colleagues were heard",
        "Heard again: three ethnic minority staff",
        "BME staff, 2.5% of us, were heard; three left",
        "BME cases were heard. Three were upheld",
        "3 reports of bullying",  # what happened to people counts as people do
        "3",
        "Under the policy 3 BME staff were moved",  # what is numbered elsewhere counts where people follow
        "At the interview stage 3 withdrew",
        "In March 3 BME nurses joined",
        "3 of 12 BME staff (n.3)",
        "BME 3, White 12",
        "3x BME staff",
        "Phase 2: 3 took part",
        "Two or three of the BME cases",
    ],
)
def test_a_text_with_a_withheld_number_of_its_indicators_is_left_out(text: str) -> None:
    assert fields(plan(expected_outcome=text)) == ["expected_outcome"]
    assert fields(plan(evidence=text)) == ["evidence"]
    assert fields(plan(title="Plan", updates=(Update(date(2021, 6, 1), text),))) == ["update of 2021-06-01"]


@pytest.mark.parametrize(
    "text",
    [
        "Three panels were trained",  # a number in words, and nothing of ethnicity in the text
        "Three rounds for BME staff",
        "3 meetings of BME staff were held",
        "Since 3 March; again on 2021-03-03",
        "Indicator 3 and band 3",
        "Policy HR 3 v3 and clause 3 on BME staff",
        "Equality Act 2010 s.3, ISO 3, COVID-3, Q3, 3a, the 3rd of May, 3.3.21 and 3am for BME staff",
        "Objective 3, Phase three, action 3 of the BME plan; aims 2 and 3",
        "Band 8a to 3; Metric 3b; Year 3; room 3; ext 3; March 3",
        "BME network line 03 3333 333 333; £3 and £3k; 24/3/2021",
        "(3) Race; 3.3 Review panels",
        "3. Review panels of BME cases",
        "Three protected characteristics, race among them; 3 high impact actions; 3 roadshows",
        "More BME staff at Band 7 by 3%",  # a percentage is no count
        "The 4 disciplinary cases were reviewed",
        "One BME member joined the board",  # withheld, and of an indicator the action is not about
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert fields(plan(expected_outcome=text, updates=(Update(date(2021, 6, 1), text),))) == []


def test_an_action_that_names_no_indicator_is_held_against_all() -> None:
    assert fields(plan(expected_outcome="One BME member joined the board", indicators=())) == [
        "expected_outcome"
    ]


def test_race_disparity_is_held_against_the_counts_it_is_made_of() -> None:
    assert fields(plan(title="Plan", evidence="2 BME nurses", indicators=("race_disparity",))) == ["evidence"]


def test_what_is_left_out_is_marked_in_its_place_and_the_rest_stays_with_its_status() -> None:
    written = plan(
        title="Plan for our 3 BME staff",
        evidence="Minutes of 3 hearings",
        expected_outcome="Fewer cases",
        done=(date(2021, 8, 1),),
        updates=(Update(date(2021, 6, 1), "3 heard"), Update(date(2021, 6, 2), "All heard")),
    )
    left = plan_disclosure.left_out(written, TRUE, PUBLIC)
    shown = plan_disclosure.without(written, left)
    assert shown.title == "Action plan"
    (action,) = shown.actions
    assert action.expected_outcome == "Fewer cases"
    assert action.evidence == plan_disclosure.STANDS_INSTEAD
    assert [update.text for update in action.updates] == [plan_disclosure.STANDS_INSTEAD, "All heard"]
    on = date(2021, 9, 1)
    (before,), (after,) = (progress(each, {2021: PUBLIC}, 2021, on).actions for each in (written, shown))
    assert after.standing == before.standing


def test_a_title_that_says_one_is_replaced_and_the_sentence_names_file_action_and_figure() -> None:
    written = plan(title="Plan")
    written = replace(written, actions=(replace(written.actions[0], title="Hear the 3 colleagues"),))
    left = plan_disclosure.left_out(written, TRUE, PUBLIC)
    assert left == (
        TextLeftOut("actions.yaml", "A01", "title", "2021, indicator 3, entered disciplinary, BME"),
    )
    assert left[0].words.startswith("the action plan, A01, title: left out of the public edition")
    assert "3 colleagues" not in plan_disclosure.without(written, left).actions[0].title


def test_a_plan_is_whole_where_nothing_of_it_is_left_out() -> None:
    written = plan(expected_outcome="Fewer cases")
    notes_only = (TextLeftOut("notes.yaml", "A01", "title", "a figure"),)
    assert plan_disclosure.without(written, notes_only) == written
