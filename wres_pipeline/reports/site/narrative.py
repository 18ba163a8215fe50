"""Sentences drafted from the figures, each true by construction: it prints what figures print and compares
only that.

A sentence is chosen by the states of the figures it needs. Nothing is worked out: 'higher' and 'lower'
follow from the two printed numbers, and where these are equal the sentence says that they are the same as
printed. Years on different bases are never compared. A separate reader in the tests takes the sentences
apart again.
"""

from __future__ import annotations

from wres_pipeline.indicators import verdicts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.render.text import listed
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import FigureSet, printed_number
from wres_pipeline.reports.labels import CLUSTERS
from wres_pipeline.reports.narrative_text import Wording, wordings
from wres_pipeline.statistics.verdict_rule import LIKELY, NOTHING_THAT_MATTERS, STATED, TOO_FEW

RATIO_INDICATORS = ("2", "3", "4")
SURVEY_INDICATORS = ("5", "6", "7", "8")
ROLLING = "two_year_rolling"
_PARTS_OF_BOARD = {"voting": "voting members", "executive": "executive members"}
_TIER_STEPS = {
    "lower_to_middle": "from the lower to the middle tier",
    "middle_to_upper": "from the middle to the upper tier",
    "lower_to_upper": "from the lower to the upper tier",
}


def draft(number: str, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of one indicator ('1' … '9', 'race_disparity') of this year, in reading order."""
    if number == "1":
        return _workforce(figures)
    if number in RATIO_INDICATORS:
        return _ratio(number, figures, wordings()[number])
    if number in SURVEY_INDICATORS:
        return _survey(number, figures, wordings()[number])
    if number == "9":
        return _board(figures)
    return _disparity(figures)


def data_quality(context: ReturnContext) -> tuple[str, ...]:
    """How complete the record of ethnicity is, this year and the year before: both rates, with their
    names. A rate that may not be shown is said to be so.
    """
    return tuple(
        f"At 31 March {rate.reporting_year}, {_rate('ethnicity was recorded for', rate.recorded, ' of staff')}. "
        f"{_rate('It was declared by', rate.declared)}."
        for rate in context.declaration
    )


def _rate(words: str, shown: str, after: str = "") -> str:
    """The words with a rate that is shown, or that it is not."""
    if any(character.isdigit() for character in shown):
        return f"{words} {shown}{after}"
    return "how many have an answer on record is not shown" if after else "How many declared it is not shown"


def _workforce(figures: FigureSet) -> tuple[str, ...]:
    sentences = [_staff_sentence(figures, figures.year)]
    clusters = [
        f"{share.shown} of {CLUSTERS[cluster].lower()} staff"
        for cluster in ("non_clinical", "clinical", "medical_and_dental")
        if _numeric(share := figures.get("1", "percentage", cluster=cluster, group="BME"))
    ]
    if clusters:
        sentences.append(f"BME staff are {listed(clusters)}.")
    unknown = figures.get("1", "percentage", group="Unknown")
    if _numeric(unknown):
        sentences.append(f"Ethnicity is not known for {unknown.shown} of staff.")
    sentences += _bands_that_differ(figures)
    if figures.has_year(figures.year - 1):
        sentences.append(_staff_sentence(figures, figures.year - 1))
    return tuple(sentences)


def _staff_sentence(figures: FigureSet, year: int) -> str:
    bme = figures.get("1", "headcount", group="BME", year=year)
    everybody = figures.get("1", "headcount", year=year)
    share = figures.get("1", "percentage", group="BME", year=year)
    if _numeric(bme, everybody, share):
        return f"At 31 March {year}, {bme.shown} of {everybody.shown} staff were BME ({share.shown})."
    if _numeric(share):
        return f"At 31 March {year}, {share.shown} of staff were BME."
    return f"The percentage of BME staff at 31 March {year} is {share.shown}."


def _bands_that_differ(figures: FigureSet) -> list[str]:
    judged = [f for f in figures.of("1") if f.verdict and f.band]
    stated: dict[str, list[str]] = {}
    for figure in judged:
        if figure.verdict in STATED and figure.direction:
            name = f"{CLUSTERS[figure.cluster].lower()} {figure.band}"
            stated.setdefault(verdicts.stated(figure), []).append(name)
    if judged and not stated:
        hidden = any(f.band and f.ethnic_group == "BME" and f.state == "withheld" for f in figures.of("1"))
        shown = " whose figures are shown" if hidden else ""
        found = {f.verdict for f in judged}
        if found == {TOO_FEW}:
            return [
                f"In every band{shown} there are too few people to say how it differs from the workforce."
            ]
        if found == {NOTHING_THAT_MATTERS}:
            return [f"No band{shown} differs from the rest of the workforce by as much as matters."]
        return [
            f"Of no band{shown} can it be told from these numbers that it differs from the rest of the workforce, "
            "nor of every band that it does not."
        ]
    sentences = [f"In {listed(bands)}: {verdict}." for verdict, bands in stated.items()]
    if any(f.verdict == LIKELY for f in judged):
        sentences.append("Among so many bands one or two likely differences come by chance.")
    return sentences


def _ratio(number: str, figures: FigureSet, words: Wording) -> tuple[str, ...]:
    measure = indicators.rule(number).ratio or ""
    top, bottom = ("White", "BME") if measure.endswith("white_over_bme") else ("BME", "White")
    ratio = figures.get(number, measure)
    sentences: list[str] = []
    if ratio.state == "zero":
        sentences.append(
            f"In {figures.year}, the relative likelihood, {top} ÷ {bottom}, was {ratio.shown}: no {top} "
            f"{words.people} {words.did}."
        )
    elif _numeric(ratio):
        sentences.append(
            f"In {figures.year}, {top} {words.people} were {ratio.shown} times as likely as {bottom} "
            f"{words.people} to {words.to}."
        )
    else:
        sentences.append(f"The relative likelihood, {top} ÷ {bottom}, is {ratio.shown} for {figures.year}.")
    if _numeric(ratio) and ratio.interval_shown:
        sentences.append(f"The 95% confidence interval of this ratio is {ratio.interval_shown}.")
    sentences += [s for group in ("White", "BME") if (s := _rate_sentence(number, group, figures, words))]
    sentences += _verdict(ratio)
    before = figures.get(number, measure, year=figures.year - 1)
    if figures.has_year(figures.year - 1):
        sentences.append(_ratio_before(ratio, before))
    return tuple(sentences)


def _rate_sentence(number: str, group: str, figures: FigureSet, words: Wording) -> str:
    base_name, event_name = (m.name for m in indicators.rule(number).measures[:2])
    base = figures.get(number, base_name, group=group)
    event = figures.get(number, event_name, group=group)
    share = figures.get(number, "likelihood", group=group)
    kind = f"{words.base} " if words.base else ""
    average = "On a two-year average, " if share.basis == ROLLING else ""
    if _numeric(base, event, share):
        of = f"{event.shown} of {base.shown} {kind}{group} {words.people}"
        return f"{average}{of} {words.did} ({share.shown})."
    if _numeric(share):
        return f"{average}{share.shown} of {kind}{group} {words.people} {words.did}."
    if share.state in ("not_collected", "not_required"):
        return ""
    return f"The likelihood for {group} {words.people} is {share.shown}."


def _ratio_before(now: Figure, before: Figure) -> str:
    if not _numeric(before):
        return f"The ratio of the year before, {before.reporting_year}, is {before.shown}."
    stated = f"In {before.reporting_year} the ratio was {before.shown}"
    if now.basis != before.basis:
        return f"{stated}, on another basis: the two years are not comparable."
    return f"{stated}{_compared(now, before)}."


def _compared(now: Figure, before: Figure) -> str:
    """Which of two printed numbers is higher, in words; '' where one of them is none."""
    this, last = printed_number(now.shown), printed_number(before.shown)
    if this is None or last is None:
        return ""
    if this == last:
        return ", the same as this year as printed"
    return ", higher than this year" if last > this else ", lower than this year"


def _survey(number: str, figures: FigureSet, words: Wording) -> tuple[str, ...]:
    survey_year = figures.year - 1
    white, bme, everybody = (figures.get(number, "percentage", group=g) for g in ("White", "BME", ""))
    asked = f"in the NHS Staff Survey of autumn {survey_year}"
    sentences: list[str] = []
    if _numeric(white, bme):
        sentences.append(
            f"{bme.shown} of BME staff and {white.shown} of White staff {words.did}, as they said {asked}."
        )
        a, b = printed_number(bme.shown), printed_number(white.shown)
        if a is not None and b is not None:
            higher = "BME" if a > b else "White"
            sentences.append(
                "The two percentages are the same as printed."
                if a == b
                else f"The percentage is higher for {higher} staff."
            )
    else:
        for group, figure in (("BME", bme), ("White", white)):
            if _numeric(figure):
                sentences.append(f"{figure.shown} of {group} staff {words.did}, as they said {asked}.")
            else:
                sentences.append(f"The percentage for {group} staff is {figure.shown} for {figures.year}.")
        if everybody.state not in ("not_collected", "not_required"):
            sentences.append(_all_staff(everybody, words, asked))
    if white.denominator and bme.denominator and _numeric(white, bme):
        sentences.append(f"{white.denominator:,} White and {bme.denominator:,} BME staff answered.")
    sentences += _verdict(bme)
    if figures.has_year(figures.year - 1):
        sentences += _survey_before(number, figures, white, bme)
    return tuple(sentences)


def _all_staff(everybody: Figure, words: Wording, asked: str) -> str:
    if printed_number(everybody.shown) is None and not everybody.shown.startswith("between "):
        return f"The percentage for all staff is {everybody.shown}."
    shown = everybody.shown[0].upper() + everybody.shown[1:]
    return f"{shown} of all staff {words.did}, as they said {asked}."


def _survey_before(number: str, figures: FigureSet, white: Figure, bme: Figure) -> list[str]:
    before = {g: figures.get(number, "percentage", group=g, year=figures.year - 1) for g in ("BME", "White")}
    if not _numeric(*before.values()):
        return []
    stated = (
        f"In {figures.year - 1} the percentages were {before['BME'].shown} of BME staff and "
        f"{before['White'].shown} of White staff"
    )
    if bme.basis != before["BME"].basis or white.basis != before["White"].basis:
        return [f"{stated}, on another basis: the two years are not comparable."]
    return [f"{stated}."]


def _board(figures: FigureSet) -> tuple[str, ...]:
    bme = figures.get("9", "headcount", band="board", group="BME")
    members = figures.get("9", "headcount", band="board")
    share = figures.get("9", "percentage", band="board", group="BME")
    staff = figures.get("9", "percentage", band="workforce", group="BME")
    gap = figures.get("9", "difference_from_workforce", band="board", group="BME")
    sentences: list[str] = []
    if _numeric(bme, members, share):
        sentences.append(f"{bme.shown} of {members.shown} board members were BME ({share.shown}).")
    else:
        sentences.append(f"The BME percentage of the board is {share.shown}.")
    if _numeric(staff):
        sentences.append(f"BME staff were {staff.shown} of the workforce.")
    sentences.append(f"The difference between board and workforce is {gap.shown}.")
    for band, words in _PARTS_OF_BOARD.items():
        part = figures.get("9", "difference_from_workforce", band=band, group="BME")
        if _numeric(part):
            sentences.append(f"For {words} the difference is {part.shown}.")
    sentences += _verdict(gap)
    before = figures.get("9", "difference_from_workforce", band="board", group="BME", year=figures.year - 1)
    if figures.has_year(figures.year - 1) and _numeric(before):
        stated = f"In {figures.year - 1} the difference between board and workforce was {before.shown}"
        other = ", on another basis: the two years are not comparable" if gap.basis != before.basis else ""
        sentences.append(f"{stated}{other}.")
    return tuple(sentences)


def _disparity(figures: FigureSet) -> tuple[str, ...]:
    sentences: list[str] = []
    for cluster, words in (
        ("", "clinical and non-clinical staff together"),
        ("clinical", "clinical staff"),
        ("non_clinical", "non-clinical staff"),
    ):
        parts = [
            f"{figures.get('race_disparity', measure, cluster=cluster).shown} {step}"
            for measure, step in _TIER_STEPS.items()
        ]
        sentences.append(f"For {words}, the race disparity ratio is {listed(parts)}.")
    for measure, step in _TIER_STEPS.items():
        figure = figures.get("race_disparity", measure)
        if figure.verdict:
            words = verdicts.in_words(figure)
            sentences.append(f"{step[0].upper()}{step[1:]}, the verdict for both together is: {words}.")
    return tuple(sentences)


def _verdict(figure: Figure) -> list[str]:
    return [f"The verdict is: {verdicts.in_words(figure)}."] if figure.verdict else []


def _numeric(*figures: Figure) -> bool:
    """Whether every one of the figures prints a single number."""
    return all(f.state in ("value", "zero") and printed_number(f.shown) is not None for f in figures)
