"""Where it is broken: the starters concerned, the day, and two sentences for the supplier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from wres_pipeline.quality.trac_to_esr import break_point
from wres_pipeline.quality.trac_to_esr.break_cause import Cause, Starter, find

SITES = ("North", "South", "East")


def body(lost: Callable[[Starter], bool]) -> list[Starter]:
    """Ten starters every Monday of 2020, of three sites and two sources in turn; all arrive but those lost."""
    made = []
    for week in range(52):
        for n in range(10):
            splits = {"site": SITES[n % 3], "source": "NHS Jobs" if n % 5 == 0 else "TRAC"}
            one = Starter(date(2020, 1, 6) + timedelta(weeks=week), True, splits)
            made.append(Starter(one.day, not lost(one), splits))
    return made


def cause(held: list[Starter]) -> Cause | None:
    counts: dict[date, list[int]] = {}
    for s in held:
        at = counts.setdefault(s.day.replace(day=1), [0, 0])
        at[0] += s.arrived
        at[1] += 1
    return find(
        held, break_point.find([break_point.Month(d, n, of) for d, (n, of) in sorted(counts.items())])
    )


def test_where_everybody_fell_no_group_is_named_and_the_day_is() -> None:
    found = cause(body(lambda s: s.day >= date(2020, 9, 14)))
    assert found is not None and found.split == ""
    assert (found.since, found.exact_day, found.last_well) == (date(2020, 9, 14), True, date(2020, 9, 7))
    assert found.words() == (
        "Since 14 September 2020 the ethnicity that starters declared has stopped arriving: it arrived for 100% of those concerned before, "
        "and for 0% since.",
        "It concerns every source, route, staff group, site and team: look for what they share.",
    )


def test_one_source_alone_is_named_with_what_still_arrives_of_the_others() -> None:
    found = cause(body(lambda s: s.day >= date(2020, 9, 14) and s.splits["source"] == "NHS Jobs"))
    assert found is not None
    assert (found.split, found.values, found.others, found.unaffected) == (
        "source",
        ("NHS Jobs",),
        False,
        1.0,
    )
    assert found.words()[1] == (
        "It concerns only starters whose application came from NHS Jobs; of all others it still arrives for 100%."
    )


def test_everybody_but_one_site_is_named_so() -> None:
    found = cause(body(lambda s: s.day >= date(2020, 9, 14) and s.splits["site"] != "South"))
    assert found is not None and found.split == "site"
    concerned = {site for site in SITES if found.concerns(Starter(date(2020, 12, 1), True, {"site": site}))}
    assert concerned == {"North", "East"}


def test_without_a_break_no_cause_is_named() -> None:
    assert cause(body(lambda s: False)) is None


def test_internal_movers_who_are_well_are_told_to_be() -> None:
    held = body(lambda s: s.day >= date(2020, 9, 14))
    held += [Starter(date(2020, 10, 5), True, {}, external=False) for _ in range(12)]
    found = cause(held)
    assert found is not None
    assert found.words()[1].endswith("Internal movers are unaffected: ESR knows 100% of them.")
