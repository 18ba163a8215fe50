"""What two periods' tables give away together: worked by hand, with the numbers of one small team."""

from __future__ import annotations

import pytest

from wres_pipeline.disclosure.proof.differencing import Edition, close_changes
from wres_pipeline.disclosure.proof.intruder import Contradiction
from wres_pipeline.disclosure.rules.policy import Policy

PEOPLE, DECLARED, UNKNOWN = ("people",), ("declared",), ("unknown",)
SUMS = ((PEOPLE, (DECLARED, UNKNOWN)),)
EXACT = Policy(nearest=1)


def edition(people: int, declared: int, policy: Policy) -> Edition:
    """A team's table as printed under the policy's rounding."""
    counts = {PEOPLE: people, DECLARED: declared, UNKNOWN: people - declared}
    return Edition({key: policy.rounded(n) for key, n in counts.items()}, sums=SUMS)


def changes(
    before: tuple[int, int], after: tuple[int, int], policy: Policy
) -> dict[str, tuple[float, float]]:
    found = close_changes(edition(*before, policy), edition(*after, policy), policy)
    return {breach.key[1]: (breach.low, breach.high) for breach in found}


def test_exact_counts_tell_of_the_one_joiner_who_did_not_declare() -> None:
    assert changes((60, 40), (61, 40), EXACT) == {"people": (1, 1), "unknown": (1, 1)}


def test_counts_to_the_nearest_five_do_not() -> None:
    assert changes((60, 40), (61, 40), Policy()) == {}


def test_not_where_the_rounded_count_jumps_either() -> None:
    # 62 prints 60 and 63 prints 65: the reader can think of a change from 1 to 9
    assert changes((62, 40), (63, 40), Policy()) == {}


def test_a_large_change_may_be_known() -> None:
    assert changes((60, 40), (90, 55), EXACT) == {}


def test_no_change_at_all_is_a_nought_and_may_be_known() -> None:
    assert changes((60, 40), (60, 40), EXACT) == {}


def test_a_count_withheld_in_one_table_and_told_by_the_other_is_found() -> None:
    before = Edition({PEOPLE: 60}, withheld=frozenset({DECLARED, UNKNOWN}), sums=SUMS)
    after = edition(60, 45, EXACT)
    found = close_changes(before, after, EXACT, [(key, key) for key in (PEOPLE, DECLARED, UNKNOWN)])
    assert {breach.key: breach.low for breach in found} == {
        ("earlier", "declared"): 45,
        ("earlier", "unknown"): 15,
    }


def test_what_exact_counts_of_elsewhere_tell_is_not_laid_to_the_tables() -> None:
    before, after = edition(60, 40, Policy()), edition(61, 40, Policy())
    exact = [{PEOPLE: 60, UNKNOWN: 20}, {PEOPLE: 61, UNKNOWN: 21}]
    known = [Edition(e.printed, sums=SUMS, exact=x) for e, x in zip((before, after), exact, strict=True)]
    assert close_changes(*known, Policy()) == []


def test_an_exact_count_beside_a_rounded_one_leaves_the_change_open() -> None:
    after = edition(61, 40, Policy())
    known = Edition(after.printed, sums=SUMS, exact={PEOPLE: 61, UNKNOWN: 21})
    assert close_changes(edition(60, 40, Policy()), known, Policy()) == []


def test_tables_that_cannot_both_be_true_are_refused() -> None:
    before, after = edition(60, 40, EXACT), edition(61, 40, EXACT)
    with pytest.raises(Contradiction):
        close_changes(before, after, EXACT, [(PEOPLE, PEOPLE)])


@pytest.mark.parametrize(("joiners", "small"), [(1, True), (9, True), (10, False)])
def test_a_change_is_small_up_to_the_largest_count_that_is_withheld(joiners: int, small: bool) -> None:
    found = changes((60, 40), (60 + joiners, 40), EXACT)
    assert found == ({"people": (joiners, joiners), "unknown": (joiners, joiners)} if small else {})


@pytest.mark.parametrize(("width", "told"), [(4, {}), (5, {"people": (1, 5)})])
def test_a_small_change_within_four_is_close_to_a_policy_that_wants_five(
    width: int, told: dict[str, tuple[float, float]]
) -> None:
    # 60 to the nearest three is 59 to 61 and 63 is 62 to 64: the change is 1 to 5
    before, after = Edition({PEOPLE: 60}), Edition({PEOPLE: 63})
    found = close_changes(before, after, Policy(nearest=3, width=width))
    assert {breach.key[1]: (breach.low, breach.high) for breach in found} == told
