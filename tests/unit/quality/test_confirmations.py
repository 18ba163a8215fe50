"""Confirmations: what is right after all is said once, holds for that content and until that day, and no longer."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from wres_pipeline import schema
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import Board, Groups, OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality import confirmations, extract_findings
from wres_pipeline.reference import years
from wres_pipeline.reference.written_file import WrittenFileError
from wres_pipeline.reports import report_context

FOUND = Finding(
    "people_missing", "blocks", "X01", "The staff list counts 120 people, 200 in the list of 31 March 2020 (-40%).",
    "Look.", file="esr_staff_list_2021-03-31.csv", kind="esr_staff_list", period=date(2021, 3, 31), rows=80, content="a" * 64,
)  # fmt: skip
IN_TIME = date(2021, 6, 1)


def written(**changes: str) -> dict[str, tuple[confirmations.Confirmation, ...]]:
    fields = {
        "finding": "people_missing", "mark": FOUND.mark, "file": FOUND.file, "reason": "a merger", "role": "Head of Workforce",
        "until": "2022-03-31", **changes,
    }  # fmt: skip
    lines = [
        f"{'- ' if n == 0 else '  '}{key}: {value}" for n, (key, value) in enumerate(fields.items()) if value
    ]
    return {"X01": confirmations.parse("confirmations:\n" + "\n".join(lines), "confirmations.yaml")}


def test_a_confirmed_finding_stops_nothing_and_says_who_until_when_and_why() -> None:
    (made,) = confirmations.applied([FOUND], written(), IN_TIME)
    assert not made.stops
    assert made.confirmed == "Head of Workforce, until 2022-03-31: a merger"


@pytest.mark.parametrize(
    ("found", "on", "why"),
    [
        (replace(FOUND, content="b" * 64), IN_TIME, "another content"),
        (replace(FOUND, what="The staff list counts 119 people."), IN_TIME, "another content"),
        (FOUND, date(2022, 4, 1), "ended on 2022-03-31"),
    ],
)
def test_it_opens_again_when_the_content_changes_or_the_day_passes_and_that_is_told(
    found: Finding, on: date, why: str
) -> None:
    made, note = confirmations.applied([found], written(), on)
    assert made.stops
    assert note.code == "confirmation_not_used"
    assert why in note.what


def test_it_holds_on_its_last_day_and_not_for_another_organisation() -> None:
    assert not confirmations.applied([FOUND], written(), date(2022, 3, 31))[0].stops
    assert confirmations.applied([replace(FOUND, organisation_code="XTR")], written(), IN_TIME)[0].stops


def test_every_fault_of_the_file_is_told_at_once() -> None:
    with pytest.raises(WrittenFileError) as told:
        written(mark="", role="", until="soon", file="")
    text = str(told.value)
    assert all(word in text for word in ("mark", "role", "until", "file"))


def test_a_file_that_cannot_be_read_cannot_be_confirmed() -> None:
    with pytest.raises(WrittenFileError, match="cannot be confirmed"):
        written(finding="file_refused")


def test_the_return_counts_and_prints_what_was_confirmed_and_says_nothing_where_nothing_was() -> None:
    with duckdb.connect() as con:
        schema.bring_up(con)
        extract_findings.keep(con, ["X01"], 2021, [FOUND])
        assert report_context.checks(con, "X01", 2021) == ()
        extract_findings.keep(con, ["X01"], 2021, confirmations.applied([FOUND], written(), IN_TIME))
        count, one = report_context.checks(con, "X01", 2021)
    assert (count.name, count.words) == ("Findings confirmed", "1, each below")
    assert one.name == "Confirmed: people missing"
    assert "-40%" in one.words and "Head of Workforce, until 2022-03-31: a merger" in one.words


RULE = next(rule for rule in years.load(2021).unverified if rule.id == "indicator_9_total")


def confirmed_rule(**changes: str) -> tuple[confirmations.RuleConfirmation, ...]:
    fields = {
        "rule": RULE.id, "mark": RULE.mark, "year": "2021", "form": "Form of 2021, items 50 to 63", "role": "Head of Workforce",
        **changes,
    }  # fmt: skip
    lines = [f"{'- ' if n == 0 else '  '}{key}: {value}" for n, (key, value) in enumerate(fields.items())]
    return confirmations._read("rules:\n" + "\n".join(lines), "confirmations.yaml")[1]


def figures_of(year: int) -> list[Figure]:
    return compute(OrganisationCounts("X01", year, board=Board({"board": Groups(9, 2, 0)})), years.load(year))


def test_a_rule_held_against_the_body_s_own_form_is_unverified_no_more() -> None:
    rules, figures = years.load(2021), figures_of(2021)
    before, none = report_context.rules_behind(rules, figures)
    after, checked = report_context.rules_behind(rules, figures, confirmed_rule())
    assert none == ()
    assert {one.rule for one in before} - {one.rule for one in after} == {RULE.id}
    assert [(one.rule.text, one.form, one.role) for one in checked] == [
        (RULE.text, "Form of 2021, items 50 to 63", "Head of Workforce")
    ]


@pytest.mark.parametrize("changes", [{"mark": "00000000"}, {"year": "2022"}])
def test_it_holds_for_its_wording_and_its_year_alone(changes: dict[str, str]) -> None:
    open_rules, checked = report_context.rules_behind(
        years.load(2021), figures_of(2021), confirmed_rule(**changes)
    )
    assert RULE.id in {one.rule for one in open_rules}
    assert checked == ()


def test_a_confirmation_of_an_older_wording_is_told() -> None:
    (note,) = confirmations.rules_not_used("X01", confirmed_rule(mark="00000000"), 2021)
    assert (note.code, note.severity) == ("confirmation_not_used", "note")
    assert "indicator_9_total for 2021 is about another wording" in note.what
    assert confirmations.rules_not_used("X01", confirmed_rule(), 2021) == []
    assert confirmations.rules_not_used("X01", confirmed_rule(mark="00000000"), 2022) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rule": "verdict_rule"}, "is no rule that 2021 prints as not verified"),
        ({"year": "1999"}, "is not a reporting year"),
        ({"form": "''"}, "form: is missing"),
    ],
)
def test_a_confirmation_of_a_rule_that_cannot_be_is_a_fault(changes: dict[str, str], words: str) -> None:
    with pytest.raises(WrittenFileError, match=words):
        confirmed_rule(**changes)


def test_a_projected_year_is_told_of_the_year_once_and_of_no_figure() -> None:
    rules = years.load(2026)
    told = {one.rule for one in report_context.rules_behind(rules, figures_of(2026))[0]}
    assert years.PROJECTED not in told
    assert "projected from 2025" in report_context.projected(rules)
    assert report_context.projected(years.load(2025)) == ""
    mark = next(rule.mark for rule in rules.unverified if rule.id == years.PROJECTED)
    mine = confirmed_rule(rule=years.PROJECTED, mark=mark, year="2026")
    assert report_context.projected(rules, mine) == ""
    assert "projected from 2025" in report_context.projected(years.load(2027), mine)
