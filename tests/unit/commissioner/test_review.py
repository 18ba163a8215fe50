"""A review names what stands out over all its comparisons together, and asks about what is adverse."""

from __future__ import annotations

from datetime import date

from wres_pipeline.commissioner import provider_log
from wres_pipeline.commissioner.comments import Comment
from wres_pipeline.commissioner.log_checks import LogRow, check
from wres_pipeline.commissioner.provider_survey import SurveyResult
from wres_pipeline.commissioner.review import ProviderReview, review

AS_AT = date(2021, 12, 1)


def reviewed(
    rows: list[tuple[int, str, str, float, int | None]],
    results: tuple = (),
    comments: tuple = (),
    day: date = AS_AT,
) -> ProviderReview:
    log = check(
        [LogRow(n, "XTR", "The Trust", y, i, g, v, b, "report", "") for n, (y, i, g, v, b) in enumerate(rows)]
    )
    figures = provider_log.figures("X01", 2021, log.figures, as_at=day, expected=["XTR"], results=results)
    (provider,) = provider_log.providers(log.figures, ["XTR"])
    return review("X01", provider, 2021, log, figures, dated=day, results=results, comments=comments)


def groups(
    number: str, white: float, bme: float, year: int = 2021
) -> list[tuple[int, str, str, float, int | None]]:
    return [(year, number, "White", white, 1000), (year, number, "BME", bme, 300)]


def test_a_large_gap_stands_out_and_is_asked_about() -> None:
    found = reviewed([*groups("5", 27, 28), *groups("6", 22, 23), *groups("7", 60, 60), *groups("8", 6, 16)])
    assert found.stands_out == (
        "Indicator 8, Discrimination from a manager, team leader or other colleagues: higher among BME staff "
        "(16.0%) than among White staff (6.0%), by more than chance explains.",
    )
    assert [words[:11] for words in found.questions] == ["Indicator 8"]


def test_a_gap_that_is_more_than_chance_alone_may_not_stand_among_all() -> None:
    """28.0% of 300 against 22.0% of 1,000: p is about 0.03 alone, but it is the smallest of twelve
    comparisons.
    """
    rows = [*groups("5", 22, 28), *groups("6", 22, 22), *groups("7", 60, 60), *groups("8", 6, 6)]
    rows += [(2020, i, g, v, b) for _, i, g, v, b in rows]
    found = reviewed(rows)
    assert found.stands_out == ()
    assert found.lines[0].verdict == f"{provider_log.HIGHER} {provider_log.ALONE}"
    assert "most difference" in found.questions[0]


def test_a_return_that_is_late_is_asked_for_first() -> None:
    found = reviewed([])
    assert (found.status, found.questions) == (
        "late",
        ("When will the return be published, and what held it up?",),
    )
    assert found.cannot_be_told[0].endswith("nothing was published.")


def test_a_return_that_is_not_due_yet_is_asked_for_without_blame() -> None:
    found = reviewed([], day=date(2021, 10, 31))
    assert (found.status, found.questions) == ("not yet due", ("When will the return be published?",))


def test_missing_indicators_are_asked_for() -> None:
    found = reviewed(groups("5", 20, 20))
    assert found.questions[0] == "Why are indicators 6, 7, 8 not published?"


def test_a_figure_without_its_number_of_responses_cannot_be_told() -> None:
    found = reviewed([(2021, "5", "White", 20.0, None), (2021, "5", "BME", 40.0, None)])
    assert any("number of responses is not given" in words for words in found.cannot_be_told)
    assert found.stands_out == ()


def peer(code: str, percent: float) -> SurveyResult:
    return SurveyResult(
        code, 2020, f"Body {code}", "Acute", "-", "Occupation Group", "harassment_public", percent, 3000
    )


def test_only_beyond_the_outer_limits_does_a_provider_stand_out_among_its_peers() -> None:
    alike = tuple(peer(f"P{n:02}", 25.0) for n in range(20))
    inner = reviewed([], (*alike, peer("XTR", 26.8)))  # beyond 95% (about 1.6 points), within 99.8%
    assert "beyond the 95% limits" in inner.peers[0][3]
    assert inner.stands_out == ()
    outer = reviewed([], (*alike, peer("XTR", 30.0)))
    assert len(outer.stands_out) == 1


def test_comments_are_open_until_the_day_of_their_reply() -> None:
    sent = Comment("XTR", 2021, date(2021, 11, 1), "a role", "Why?", date(2021, 12, 5), "Because.")
    other = Comment("XAM", 2021, date(2021, 11, 1), "a role", "Why?")
    found = reviewed([], comments=(sent, other))
    assert found.comments == (sent,)
    assert found.open_comments == (sent,)
    assert not sent.open_on(date(2021, 12, 5))
    assert not sent.open_on(date(2021, 10, 31))
