"""A count that is printed as it is, beside counts that are rounded: the search for what to withhold knows it, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wres_pipeline.disclosure import CountTable, Policy, protect
from wres_pipeline.quality import declaration, trend
from wres_pipeline.quality.figure import Place
from wres_pipeline.reports.quality import circulation

RULE = Policy.rounding()


def _table(known: frozenset[tuple[str, ...]]) -> CountTable:
    """23 of 25 staff have declared; 25 and 23 round to 25 and 25."""
    counts = {("people",): 25, ("declared",): 23, ("unknown",): 2}
    return CountTable("staff", counts, ((("people",), (("declared",), ("unknown",))),), known=known)


def test_a_headcount_printed_as_it_is_leaves_less_room_than_one_that_is_rounded() -> None:
    """Rounded, 25 − 25 leaves 0 to 4 of which 1 to 4 are possible for the two. With 25 known, the declared are 23 to 27 and
    not more than 24: 1 or 2 are possible, which the rule does not allow, so that the declared are withheld as well.
    """
    rounded = protect([], RULE, quality=[_table(frozenset())])
    assert not rounded.audit.failed
    assert dict(rounded.tables["staff"].counts) == {("people",): 25, ("declared",): 25, ("unknown",): None}
    exact = protect([], RULE, quality=[_table(frozenset({("people",)}))])
    assert not exact.audit.failed
    assert dict(exact.tables["staff"].counts) == {("people",): 25, ("declared",): None, ("unknown",): None}


def test_a_kept_count_is_printed_though_it_would_be_cheaper_to_withhold() -> None:
    """25 less 23 would be the two: one of the larger counts goes, the headcount if it may."""
    cheap = replace(_table(frozenset()), costs={("people",): 0.1, ("declared",): 40.0})
    assert protect([], Policy(), quality=[cheap]).tables["staff"].counts["people",] is None
    kept = protect([], Policy(), quality=[replace(cheap, kept=frozenset({("people",)}))]).tables["staff"]
    assert dict(kept.counts) == {("people",): 25, ("declared",): None, ("unknown",): None}


def _headcounts(policy: Policy) -> list[float | None]:
    """The headcount that a report of 31 March 2021 prints of 303 staff, 283 of whom have declared."""
    day = date(2021, 3, 31)
    states = {"declared": 283, "declined": 10, "not_recorded": 10, "unmapped": 0}
    place = Place("X01", day)
    figures = [
        *declaration.figures(place, {("", ""): states}, 0.95),
        *trend.figures(place, [(day, 283, 293, 303)]),
    ]
    made = circulation.for_circulation(figures, policy)
    assert made.safe, made.words()
    return [
        one.value
        for one in made.figures
        if one.section == "declaration" and one.measure == "headcount" and not one.ethnicity_state
    ]


def test_a_report_prints_the_headcount_as_the_return_does() -> None:
    assert _headcounts(Policy()) == [303]
    assert _headcounts(RULE) == [305]
