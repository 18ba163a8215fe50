"""Confirmations: what is right after all is said once, holds for that content and until that day, and no longer."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from wres_pipeline import schema
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.quality import confirmations, extract_findings
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
