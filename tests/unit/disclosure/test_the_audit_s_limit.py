"""The audit, by hand: three values left for a withheld count are enough under the default policy, two are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wres_pipeline.disclosure.proof.audit import Audit, Breach, audit
from wres_pipeline.disclosure.proof.cells import CEILING
from wres_pipeline.disclosure.proof.intruder import Contradiction
from wres_pipeline.disclosure.proof.published_information import PublishedInformation
from wres_pipeline.disclosure.register.releases import Release, Said
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.figure import Figure


def count(group: str, people: int | None) -> Figure:
    """A headcount of clinical Band 5 of one group; None is withheld."""
    state, shown = ("value", f"{people}") if people is not None else ("withheld", "withheld")
    return Figure(
        "X01", 2021, "1", "headcount", "clinical", "Band 5", group, value=people, state=state, shown=shown
    )


@pytest.mark.parametrize(("everybody", "safe"), [(22, False), (23, False), (24, True), (30, True)])
def test_two_withheld_counts_share_what_is_left_of_the_total(everybody: int, safe: bool) -> None:
    """Of 20 White and `everybody`, two withheld counts of at least 1 add up to the rest: 2 is 1 + 1; 3 leaves 1 or 2; 4 leaves
    1, 2 or 3, which is the policy's distance of 2."""
    public = [count("White", 20), count("BME", None), count("Unknown", None), count("", everybody)]
    found = audit(public, Policy())
    assert found.checked >= 2
    assert found.failed is not safe
    assert (len(found.breaches) >= 2) is not safe


@pytest.mark.parametrize(
    "found",
    [
        Audit(breaches=(Breach(("X01",), 1, 2),)),
        Audit(leaks=(("X01", "likelihood"),)),
        Audit(contradictions=("X01 2021: one count with two values",)),
    ],
    ids=["breach", "leak", "contradiction"],
)
def test_each_of_the_three_stands_against_publishing(found: Audit) -> None:
    assert found.failed and found.words().startswith("Not safe to publish")
    assert not Audit(already=(Breach(("X01",), 1, 2),), checked=1).failed


@pytest.mark.parametrize(("printed_before", "safe"), [(10, True), (11, False), (None, False)])
def test_a_withheld_count_that_has_not_moved_since_it_was_printed_gives_nothing_away(
    printed_before: int | None, safe: bool
) -> None:
    """Band 5 and 20 of Band 6 make 30 of clinical staff, so that Band 5 has 10. Its row was corrected: who printed 10 before is
    told that nobody of this group moved, as a printed nought tells; who printed 11 is told of one person.
    """
    public = [
        count("BME", None),
        replace(count("BME", 20), band="Band 6"),
        replace(count("BME", 30), band=""),
    ]
    key = ("X01", "2021", "staff", "clinical", "Band 5", "BME")
    said = {} if printed_before is None else {key: Said(printed_before, printed_before, printed_before)}
    release = Release("X01", "annual", "public", "2021", counts=said)
    found = audit(public, Policy(), releases=[release], apart={release.name: frozenset({key[:-1]})})
    assert found.failed is not safe
    assert [each.key for each in found.already] == ([key] if safe else [])


@pytest.mark.parametrize(("of_others", "agrees"), [(True, True), (False, False)])
def test_a_rest_that_a_release_left_to_be_subtracted_is_tied_to_the_same_people_only(
    of_others: bool, agrees: bool
) -> None:
    """Before, 10 were 7 White and so 3 others; now 4 others are printed. Of other people both are true."""
    total, white, rest = (("X01", "2021", "staff", "", "", group) for group in ("", "White", "Unknown"))
    said = {total: Said(10, 10, 10), white: Said(7, 7, 7), rest: Said(0, CEILING, 3, how="implied")}
    before = Release("X01", "annual", "public", "2021", counts=said, sums=((total, (white, rest)),))
    known = PublishedInformation((), Policy())
    known.bounds[rest] = (4.0, 4.0)
    known.withheld = {white: False}
    known.add_release(before, frozenset({rest} if of_others else ()))
    if agrees:
        known.close_ranges()
    else:
        with pytest.raises(Contradiction):
            known.close_ranges()
