"""A plan is read whole, or every fault in it is named: file, action, field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.action_plan.plan import PlanError, load, parse
from wres_pipeline.action_plan.status import standing
from wres_pipeline.reference import years

GOOD = """
organisation: X01
plan: A plan
adopted: 2021-05-25
actions:
  - id: A01
    title: Do it
    owner: Head of Workforce
    due: 2021-08-31
    recurs: yearly
    indicators: ["2", "7"]
    target: {indicator: "2", measure: relative_likelihood_white_over_bme, value: 1.0, by: 2022-03-31}
    evidence: Minutes
    done: [2021-08-20, 2020-08-20]
    updates:
      - {date: 2021-06-01, text: Begun}
"""


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanError) as caught:
        parse(text, "actions.yaml")
    return caught.value.problems


def test_a_good_plan_is_read_as_written() -> None:
    plan = parse(GOOD, "actions.yaml")
    action = plan.actions[0]
    assert (plan.organisation_code, plan.adopted, action.due) == ("X01", date(2021, 5, 25), date(2021, 8, 31))
    assert action.done == (date(2020, 8, 20), date(2021, 8, 20))
    assert action.target is not None
    assert (action.target.value, action.target.by) == (1.0, date(2022, 3, 31))


def test_every_fault_is_named_at_once_with_file_line_action_and_field() -> None:
    text = (
        GOOD.replace("due: 2021-08-31", "due: end of August")
        .replace("recurs: yearly", "recurs: weekly")
        .replace('["2", "7"]', '["2", "12"]')
        .replace("owner: Head of Workforce", "owners: Head of Workforce")
    )
    found = faults(text)
    assert "actions.yaml, line 8, action A01, owners: no such field; there are id, title" in found[0]
    assert "actions.yaml, line 10, action A01, recurs: 'weekly' is not one of yearly" in found[1]
    assert "actions.yaml, line 11, action A01, indicators: '12' is not one of 1, 2" in found[2]
    assert "actions.yaml, line 6, action A01, owner: is missing" in found[3]
    assert (
        "actions.yaml, line 9, action A01, due: 'end of August' is not a date; write it as 2021-10-31"
        in found[4]
    )
    assert "A01, done: has several dates" not in "".join(found)


def test_an_id_that_stands_twice_is_a_fault() -> None:
    again = GOOD + GOOD[GOOD.index("  - id: A01") :]
    assert faults(again) == ("actions.yaml, line 17, action A01, id: stands twice in the plan",)


def test_a_target_measure_must_be_one_of_its_indicator() -> None:
    found = faults(GOOD.replace("relative_likelihood_white_over_bme", "relative_likelihood_bme_over_white"))
    assert found == (
        "actions.yaml, line 12, action A01, target, measure: 'relative_likelihood_bme_over_white' is not one of "
        "indicator 2's: shortlisted, appointed, likelihood, relative_likelihood_white_over_bme",
    )


def test_several_done_dates_need_an_action_that_recurs() -> None:
    assert "does not recur" in faults(GOOD.replace("recurs: yearly", "recurs: null"))[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a plan has the fields organisation, plan, adopted, actions"),
        ("a: [b", "line 1: not a YAML file"),
        ("organisation: X01\nplan: P\nadopted: 2021-01-01\nactions: []", "at least one action"),
        ("organisation: X01\nplan: P\nadopted: 2021-01-01\nactions: [do it]", "action number 1"),
        (GOOD.replace("updates:", "updates: 7\n    was:"), "updates: must be a list"),
        (GOOD.replace("evidence: Minutes", "evidence: [Minutes]"), "evidence: must be text"),
        (GOOD.replace("value: 1.0", "value: soon"), "value: 'soon' is not a number"),
    ],
)
def test_what_is_not_a_plan_says_so(text: str, words: str) -> None:
    assert words in "\n".join(faults(text))


def test_a_file_in_another_encoding_is_refused_in_words() -> None:
    with pytest.raises(PlanError, match="UTF-8"):
        parse(b"plan: caf\xe9", "actions.yaml")


SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "X01" / "actions.yaml"


def test_a_plan_that_cannot_be_used_is_no_plan_for_a_return(tmp_path: Path) -> None:
    (tmp_path / "actions.yaml").write_text("a: [b")
    assert load(tmp_path / "actions.yaml") is None


def test_the_samples_plan_has_eleven_actions_of_roles() -> None:
    plan = load(SAMPLE)
    assert plan is not None
    assert len(plan.actions) == 11
    assert all(action.owner and action.expected_outcome for action in plan.actions)


def test_on_the_day_it_is_to_be_published_the_samples_plan_shows_every_status() -> None:
    plan = load(SAMPLE)
    day = years.load(2021).publication_deadline
    stands = {one.action_id: standing(one, plan, day).status for one in plan.actions}
    assert stands == {
        "A01": "done",
        "A02": "due",
        "A03": "done",
        "A04": "due",
        "A05": "done",
        "A06": "late",
        "A07": "on track",
        "A08": "on track",
        "A09": "done",
        "A10": "no evidence",
        "A11": "on track",
    }
