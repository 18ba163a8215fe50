"""Who is a peer, what rank can be given, and when none can."""

from __future__ import annotations

import pytest

from wres_pipeline.commissioner import benchmark
from wres_pipeline.commissioner.benchmark import (
    HIGHER,
    NO_QUARTER,
    RANKED,
    TOO_FEW,
    TOO_SMALL,
    funnel,
    funnel_verdict,
    peers,
    quarters,
    standing,
)
from wres_pipeline.commissioner.provider_survey import SurveyResult, oriented, question_name


def result(code: str, percent: float | None, base: int | None = 2000, **changes: str) -> SurveyResult:
    said = {
        "group": "ICBs",
        "region": "South West",
        "weighting": "Unweighted",
        "topic": "harassment_public",
        **changes,
    }
    return SurveyResult(
        code,
        2023,
        f"Body {code}",
        said["group"],
        said["region"],
        said["weighting"],
        said["topic"],
        percent,
        base,
    )


TEN = [result(f"B{n:02}", 10.0 + n) for n in range(10)]


def test_peers_are_of_the_same_kind_and_never_of_both_weightings() -> None:
    weighted = result("W01", 15, weighting="Occupation Group")
    other_kind = result("T01", 15, group="Ambulance Trusts")
    group = peers([*TEN, weighted, other_kind], TEN[0])
    assert [one.ods_code for one in group.results] == [one.ods_code for one in TEN]
    assert group.left_out == ("1 whose results are not weighted the same way",)


def test_a_peer_with_fewer_than_11_responses_is_left_out_and_counted() -> None:
    hidden = result("H01", 50, base=10)
    assert hidden.state == "suppressed_at_source"
    group = peers([*TEN, hidden], TEN[0])
    assert hidden not in group.results
    assert group.left_out == ("1 with fewer than 11 responses or no result",)


def test_exactly_11_responses_are_shown() -> None:
    assert result("H02", 50, base=11).usable


def test_peers_of_like_size_have_half_to_twice_the_responses() -> None:
    sizes = [result("A", 10, 999), result("B", 10, 1000), result("C", 10, 4000), result("D", 10, 4001)]
    group = peers([*sizes, TEN[0]], TEN[0], like_size=True)
    assert [one.ods_code for one in group.results] == ["B", "B00", "C"]


def test_the_most_favourable_of_an_adverse_question_is_the_lowest() -> None:
    place = standing(peers(TEN, TEN[0]), TEN[0])
    assert (place.rank, place.of, place.quartile, place.verdict) == (1, 10, 1, RANKED)


def test_the_most_favourable_of_career_progression_is_the_highest() -> None:
    fair = [result(f"B{n:02}", 50.0 + 3 * n, topic="career_progression") for n in range(10)]
    assert standing(peers(fair, fair[9]), fair[9]).rank == 1


def test_bodies_with_the_same_percentage_share_a_rank() -> None:
    tied = [*TEN[:9], result("B09", 18.0)]
    assert standing(peers(tied, tied[8]), tied[8]).rank == standing(peers(tied, tied[9]), tied[9]).rank == 9


def test_an_interval_that_covers_the_middle_half_of_the_peers_is_too_small_to_rank() -> None:
    """Of 10 to 19% the middle half is 12.25 to 16.75 or so; 14.3% of 70 responses may be 8 to 24%."""
    small = result("S", 100 * 10 / 70, base=70)
    place = standing(peers([*TEN, small], small), small)
    assert (place.rank, place.quartile, place.verdict) == (None, None, TOO_SMALL)


def test_a_rank_whose_interval_spans_three_quarters_has_no_quartile() -> None:
    """17% of 500 may be 14.0 to 20.5%: ranks 5 to 11 of 11, from the second quarter to the fourth."""
    wide = result("S", 17.0, base=500)
    place = standing(peers([*TEN, wide], wide), wide)
    assert (place.rank, place.rank_low, place.rank_high) == (8, 5, 11)
    assert (place.quartile, place.verdict) == (None, NO_QUARTER)


def test_seven_bodies_are_too_few_to_rank() -> None:
    assert standing(peers(TEN[:7], TEN[0]), TEN[0]).verdict == TOO_FEW
    assert funnel(peers(TEN[:7], TEN[0])) is None


def test_a_suppressed_result_is_too_small_to_rank_and_shows_its_state() -> None:
    hidden = result("H01", 50, base=10)
    rows = benchmark.figures("H01", 2024, [*TEN, hidden], hidden)
    assert rows[0].state == "suppressed_at_source"
    assert rows[0].value is None
    assert "fewer than 11" in rows[0].shown
    assert rows[1].shown == TOO_SMALL


def test_a_body_far_above_equal_peers_is_beyond_the_outer_limits() -> None:
    """Twenty peers at 10% of 1,000 and one at 20%: drawn in, the one score leaves no over-dispersion."""
    peers_alike = [result(f"P{n:02}", 10.0, 1000) for n in range(20)]
    odd = result("ODD", 20.0, 1000)
    shape = funnel(peers([*peers_alike, odd], odd))
    assert shape is not None
    assert shape.target == pytest.approx((20 * 10 + 20) / 21)
    assert funnel_verdict(shape, odd) == f"{HIGHER} (beyond the 99.8% limits)"


def test_quartiles_are_interpolated_between_neighbours() -> None:
    assert quarters([1, 2, 3, 4]) == (1.75, 3.25)


def test_a_printed_did_not_experience_is_turned_round_and_says_so() -> None:
    assert oriented(87, "not_experienced", "harassment_public") == (13, True)
    assert oriented(4, "experienced", "discrimination_internal") == (4, False)
    assert oriented(86, "yes", "career_progression") == (86, False)
    assert oriented(None, "not_experienced", "harassment_public") == (None, False)


def test_a_question_is_known_by_the_number_of_its_year() -> None:
    assert question_name(2020, "harassment_public") == "Q13a"
    assert question_name(2021, "harassment_public") == "Q14a"
    assert question_name(2021, "discrimination_public") == "Q16a"
    assert question_name(1999, "harassment_public") == ""
