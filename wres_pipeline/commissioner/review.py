"""The review of one provider and year: its figures, what stands out, what to ask, what was said so
far.

What stands out is decided over all comparisons of the review together (Holm, 5%): of twenty
providers with nothing the matter at most one review names something [ours]. Every sentence is made
from the figures it names; a comparison that cannot be made is said to be so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wres_pipeline.commissioner import provider_log, provider_survey
from wres_pipeline.commissioner.benchmark import funnel, funnel_verdict, peers
from wres_pipeline.commissioner.comments import Comment
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.commissioner.funnel_plot import LEVELS, holm
from wres_pipeline.commissioner.log_checks import (
    NATIONAL,
    SURVEY_INDICATORS,
    CheckedLog,
    Logged,
)
from wres_pipeline.commissioner.provider_log import Provider
from wres_pipeline.commissioner.provider_survey import TOPICS, SurveyResult, Tested, only
from wres_pipeline.indicators.figure import number_shown
from wres_pipeline.reference import indicators

NOT_GIVEN = "not given"

JOINT_LEVEL = 0.035
OUTER = f"{100 * LEVELS[1]:g}%"
"""What a review names: comparisons that stand at 3.5% together, and questions beyond the outer
limits of the funnel (0.2% each, at most seven): together less than 5 in 100 reviews of providers
with nothing the matter.
"""


def _ask(number: str) -> str:
    """What to ask about an indicator that stands out, in this project's words [ours]; "" for a question of the survey."""
    return indicators.rule(number).ask if number in indicators.NUMBERS else ""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One indicator of the review as text, ready to print; blank where nothing was published."""

    indicator: str
    title: str
    white: str
    bme: str
    everyone: str
    gap: str
    change: str
    national: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ProviderReview:
    """The short pro forma of one provider and year.

    `lines` one an indicator; `peers` one a question of the national survey; `stands_out`,
    `cannot_be_told` and `questions` whole sentences;
    `comments` what was sent, with replies.
    """

    organisation_code: str
    provider: Provider
    year: int
    dated: date
    status: str
    lines: tuple[ReviewLine, ...]
    peers: tuple[tuple[str, str, str, str], ...]
    stands_out: tuple[str, ...]
    cannot_be_told: tuple[str, ...]
    questions: tuple[str, ...]
    comments: tuple[Comment, ...]
    sources: tuple[str, ...]

    @property
    def open_comments(self) -> tuple[Comment, ...]:
        """Comments sent and not answered by the review's date."""
        return tuple(one for one in self.comments if one.open_on(self.dated))


def review(
    organisation_code: str,
    provider: Provider,
    year: int,
    log: CheckedLog,
    rows: Sequence[CommissioningFigure],
    *,
    dated: date,
    results: Sequence[SurveyResult] = (),
    comments: Sequence[Comment] = (),
) -> ProviderReview:
    """The review of a provider's year.

    `rows` are those of `provider_log.figures`; `results` the national staff-survey results, for its peers.
    """
    mine = {one.key[2:]: one for one in log.figures if (one.provider_code, one.year) == (provider.code, year)}
    before = {
        one.key[2:]: one for one in log.figures if (one.provider_code, one.year) == (provider.code, year - 1)
    }
    numbers = sorted({*SURVEY_INDICATORS, *(number for number, _ in mine)})
    tests = [*_tests(mine, before), *provider_survey.change_tests(provider.code, year, results)]
    stands = holm([test.p for test in tests], JOINT_LEVEL)
    standing = [test for test, holds in zip(tests, stands, strict=True) if holds]
    against_peers = _peers(results, provider.code, year)
    about = [one for one in rows if one.subject == provider.code and one.about_year == year]
    status = next((one.shown for one in about if one.measure == "return"), provider_log.MISSING)
    stands_out = [
        provider_survey.change_sentence(test, provider.code, year, results)
        if test.about[0] == provider_survey.ALL_STAFF
        else _sentence(test, mine, before)
        for test in standing
    ]
    stands_out += [
        f"{topic}: {shown} of all staff is {words}."
        for topic, shown, _, words in against_peers
        if OUTER in words
    ]
    asked = dict.fromkeys(test.about[1] for test in standing if test.adverse and _ask(test.about[1]))
    return ProviderReview(
        organisation_code,
        provider,
        year,
        dated,
        status,
        tuple(
            _line(number, about, rows, year, {test.about: test for test in tests}, standing)
            for number in numbers
        ),
        tuple(against_peers),
        tuple(stands_out),
        tuple(_cannot(numbers, mine, before, against_peers, year)),
        tuple(_questions(asked, status, numbers, mine)),
        tuple(one for one in comments if one.provider_code == provider.code and one.year == year),
        tuple(dict.fromkeys(one.source for one in mine.values() if one.source)),
    )


def _tests(mine: dict[tuple[str, str], Logged], before: dict[tuple[str, str], Logged]) -> list[Tested]:
    """Every comparison of the review that can be made: the gap of each indicator, and each group's change."""
    found: list[Tested | None] = []
    for number in sorted({number for number, _ in mine}):
        white, bme = mine.get((number, "White")), mine.get((number, "BME"))
        if white is not None and bme is not None:
            found.append(provider_log.gap_test(white, bme))
        for group in ("White", "BME", ""):
            now, then = mine.get((number, group)), before.get((number, group))
            if now is not None and then is not None:
                found.append(provider_log.change_test(now, then))
    return [one for one in found if one is not None]


def _sentence(
    test: Tested, mine: dict[tuple[str, str], Logged], before: dict[tuple[str, str], Logged]
) -> str:
    number = test.about[1]
    title = indicators.rule(number).title
    if test.about[0] == "gap":
        white, bme = mine[(number, "White")], mine[(number, "BME")]
        higher = (bme.value or 0) > (white.value or 0)
        return (
            f"Indicator {number}, {title}: {'higher' if higher else 'lower'} among BME staff ({_shown(bme)}) "
            f"than among White staff ({_shown(white)}), by more than chance explains."
        )
    group = test.about[2]
    now, then = mine[(number, group)], before[(number, group)]
    who = f"{group} staff" if group else "all staff"
    return (
        f"Indicator {number}, {title}: {'worse' if test.adverse else 'better'} for {who} than a year before "
        f"({_shown(then)}, now {_shown(now)}), by more than chance explains."
    )


def _shown(one: Logged) -> str:
    return number_shown(one.value or 0, one.unit)


def _line(
    number: str,
    about: Sequence[CommissioningFigure],
    rows: Sequence[CommissioningFigure],
    year: int,
    tests: Mapping[tuple[str, ...], Tested],
    standing: Sequence[Tested],
) -> ReviewLine:
    here = {(one.measure, one.ethnic_group): one for one in about if one.breakdown == number}

    def shown(measure: str, group: str = "") -> str:
        return here[(measure, group)].shown if (measure, group) in here else ""

    def verdict(measure: str, group: str, about_test: tuple[str, ...]) -> str:
        """The row's own verdict; one that does not stand when all comparisons are taken together says so."""
        own = here[(measure, group)].verdict if (measure, group) in here else ""
        test = tests.get(about_test)
        alone = test is not None and test.p <= provider_log.LEVEL and test not in standing
        return f"{own} {provider_log.ALONE}" if alone else own

    whole = indicators.rule(number).ratio or "percentage"
    changes = [
        f"{group or 'All staff'} {shown('change', group)}: "
        + verdict("change", group, ("change", number, group))
        for group in ("White", "BME", "")
        if shown("change", group)
    ]
    national = [
        f"{one.ethnic_group or 'All'} {one.shown}"
        for one in rows
        if (one.subject, one.about_year, one.breakdown) == (NATIONAL, year, number)
        and one.measure in ("percentage", whole)
    ]
    return ReviewLine(
        number,
        indicators.rule(number).title,
        shown("percentage", "White") or NOT_GIVEN,
        shown("percentage", "BME") or NOT_GIVEN,
        shown(whole) or NOT_GIVEN,
        shown("gap"),
        "; ".join(changes),
        "; ".join(national),
        verdict("gap", "", ("gap", number)),
    )


def _peers(results: Sequence[SurveyResult], code: str, year: int) -> list[tuple[str, str, str, str]]:
    """(question, the provider's percentage, its peers' percentage and the limits of its size, verdict)."""
    found = []
    for topic, words in TOPICS.items():
        for own in only(results, survey_year=year - 1, topic=topic, ods_code=code):
            group = peers(results, own)
            shape = funnel(group)
            if not own.usable or shape is None or own.base is None or own.percent is None:
                continue
            limits = shape.limits(own.base, LEVELS[0])
            low, high = number_shown(limits.low, "percent"), number_shown(limits.high, "percent")
            target = number_shown(shape.target, "percent")
            together = f"{target} in {len(group.results)} such bodies; {low} to {high} by size and chance"
            found.append((words, number_shown(own.percent, "percent"), together, funnel_verdict(shape, own)))
    return found


def _cannot(
    numbers: Sequence[str],
    mine: dict[tuple[str, str], Logged],
    before: dict[tuple[str, str], Logged],
    against_peers: Sequence[tuple[str, str, str, str]],
    year: int,
) -> list[str]:
    found = []
    for number in numbers:
        title = f"Indicator {number}, {indicators.rule(number).title}"
        here = [one for (which, _), one in mine.items() if which == number]
        if not here:
            found.append(f"{title}: nothing was published.")
            continue
        if any(one.state == "suppressed_at_source" for one in here):
            found.append(f"{title}: fewer than 11 responses in a group, so it is not shown.")
        elif any(one.unit == "percent" and not one.base for one in here):
            found.append(
                f"{title}: the number of responses is not given, so chance cannot be told from change."
            )
        if not any(which == number for which, _ in before):
            found.append(f"{title}: there is no figure of {year - 1} to compare with.")
        elif provider_log.redefined(number, year, year - 1):
            found.append(
                f"{title}: its definition changed in {year}, so it is not compared with the year before."
            )
    if not against_peers:
        found.append("Peers: the national staff-survey results of the year do not hold this provider.")
    return found


def _questions(
    asked: dict[str, None], status: str, numbers: Sequence[str], mine: dict[tuple[str, str], Logged]
) -> list[str]:
    found = [f"Indicator {number}: {_ask(number)}" for number in asked]
    absent = [number for number in numbers if not any(which == number for which, _ in mine)]
    if status in (provider_log.LATE, provider_log.MISSING):
        found.insert(0, "When will the return be published, and what held it up?")
    elif status == provider_log.NOT_DUE:
        found.insert(0, "When will the return be published?")
    elif absent:
        found.insert(0, f"Why are indicators {', '.join(absent)} not published?")
    return found or ["Which one change since the last return made the most difference to BME staff?"]
