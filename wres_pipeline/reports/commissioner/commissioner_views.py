"""What the commissioner's pages print, gathered from `commissioning_figures` row by row: text,
never arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.commissioner.dashboard import Desk
from wres_pipeline.commissioner.fair_process import ROUTES, STAGES
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.commissioner.group_comparison import RATIO
from wres_pipeline.commissioner.provider_survey import TOPICS
from wres_pipeline.reference import indicators

Row = tuple[str, ...]

GROUP_NAMES = {"": "All", "White": "White", "BME": "BME", "Unknown": "Unknown"}
BODY_NAMES = {"workforce": "Workforce", "leadership": "Leadership (band 8a and above)", "board": "Board"}
STEP_NAMES = {
    "appraised": "Had an appraisal in the year",
    "requested": "Asked for development",
    "approved": "Approved, of those who asked",
    "taken": "Took part in development",
    "offered": "Were offered development",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a page: caption, heads, rows as text, columns that are numbers, a sentence below, and the sources
    the rows name by number, as (words, address or "").
    """

    caption: str
    head: Row
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()
    note: str = ""
    sources: tuple[tuple[str, str], ...] = ()


def own_results(desk: Desk, subject: str) -> Table | None:
    """One body's own percentages, which its places among the peers are about."""
    rows = [
        (
            TOPICS[one.measure],
            one.shown,
            one.interval_shown,
            f"{int(one.denominator):,}" if one.denominator is not None else "not given",
        )
        for one in desk.section("benchmark")
        if one.subject == subject and one.measure in TOPICS
    ]
    name = next((one.subject_name for one in desk.section("benchmark") if one.subject == subject), subject)
    head = ("Question", "Percentage", "95% interval", "Responses")
    return Table(f"{name}: all staff", head, tuple(rows), (1, 3)) if rows else None


def benchmark_tables(desk: Desk, subject: str) -> tuple[Table, ...]:
    """One body's place among its peers: all of its kind first, then like size and region."""
    mine = [one for one in desk.section("benchmark") if one.subject == subject]
    own = {one.measure: one for one in mine if one.measure in TOPICS}
    found = []
    for group in dict.fromkeys(one.breakdown for one in mine if one.measure.endswith("_rank")):
        rows = []
        for topic in own:
            place = _find(mine, f"{topic}_rank", group)
            peers = _find(mine, f"{topic}_peers", group)
            if place is None:
                continue
            rows.append(
                (
                    TOPICS[topic],
                    place.shown,
                    _ranks(place),
                    _quarter(place),
                    peers.shown if peers else "",
                    peers.interval_shown if peers else "",
                    peers.verdict if peers else "",
                )
            )
        here = [one for one in mine if one.breakdown == group]
        left_out = dict.fromkeys(one.note for one in here if one.measure.endswith("_rank") and one.note)
        of = next((one.of for one in here if one.of), 0)
        found.append(
            Table(
                f"Among {of} bodies: {group}",
                (
                    "Question",
                    "Rank",
                    "Could be",
                    "Quarter",
                    "All together",
                    "Limits for its size",
                    "Verdict",
                ),
                tuple(rows),
                (4,),
                note=f"Left out: {'; '.join(left_out)}." if left_out else "",
            )
        )
    return tuple(found)


def _ranks(place: CommissioningFigure) -> str:
    """The ranks that the percentage's interval allows; "" where there is no rank."""
    if place.rank is None or place.interval_low is None or place.interval_high is None:
        return ""
    first, last = int(place.interval_low), int(place.interval_high)
    return f"{first} to {last}" if first != last else str(first)


def numbered(sources: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The number of each source among the different ones, and those as (words, address or "")."""
    different = list(dict.fromkeys(one for one in sources if one))
    numbers = tuple(f"[{different.index(one) + 1}]" if one else "" for one in sources)
    return numbers, tuple(_source(one) for one in different)


def _source(words: str) -> tuple[str, str]:
    name, found, address = words.rpartition(": https://")
    return (name, f"https://{address}") if found else (words, "")


def _quarter(place: CommissioningFigure) -> str:
    if place.rank is None:
        return ""
    names = {1: "most favourable", 2: "second", 3: "third", 4: "least favourable"}
    return names[place.quartile] if place.quartile else "cannot be told"


def national_comparison(desk: Desk) -> Table | None:
    """The organisation's own indicators beside the national values of the year."""
    mine = desk.section("national")
    numbers, sources = numbered([one.source for one in mine])
    rows = [
        (
            f"Indicator {one.breakdown}: {indicators.rule(one.breakdown).title}",
            GROUP_NAMES.get(one.ethnic_group, "") if one.unit == "percent" else "Ratio",
            one.own_shown,
            one.interval_shown,
            one.shown,
            one.verdict if one.interval_shown else "",
            number,
        )
        for one, number in zip(mine, numbers, strict=True)
    ]
    head = ("Indicator", "Group", "Own figure", "95% interval", "National", "Verdict", "Source")
    return Table("Beside the national figures", head, tuple(rows), (2, 4), sources=sources) if rows else None


def history_rows(desk: Desk) -> dict[tuple[str, str], list[CommissioningFigure]]:
    """(topic, group) → the series' rows in order of years."""
    found: dict[tuple[str, str], list[CommissioningFigure]] = {}
    for one in desk.section("survey_history"):
        found.setdefault((one.measure, one.ethnic_group), []).append(one)
    return found


def hidden_throughout(rows: Sequence[CommissioningFigure]) -> str:
    """A sentence where no survey shows the group, and why; "" where one does."""
    states = {one.state for one in rows}
    if not states <= {"suppressed_at_source", "withheld"}:
        return ""
    first, last = rows[0].about_year - 1, rows[-1].about_year - 1
    when = f"in every survey, {first} to {last}" if first != last else f"in the survey of {first}"
    why = (
        f"suppressed at source (fewer than 11 responses) {when}."
        if states == {"suppressed_at_source"}
        else f"withheld {when}: with the group that is shown it would give away one of fewer than 11."
    )
    return f"{rows[0].ethnic_group or 'All'} staff: {why}"


def history_table(rows: Sequence[CommissioningFigure]) -> Table:
    """One series as a table."""
    return Table(
        f"{rows[0].subject_name}: {'all staff' if not rows[0].ethnic_group else rows[0].ethnic_group + ' staff'}",
        ("Survey of autumn", "Question then", "Percentage", "95% interval", "Responses", "Body", "Note"),
        tuple(
            (
                str(one.about_year - 1),
                one.breakdown,
                one.shown,
                one.interval_shown,
                f"{int(one.denominator):,}" if one.denominator is not None else "not given",
                one.subject,
                one.note,
            )
            for one in rows
        ),
        (2,),
    )


def population_table(desk: Desk) -> Table:
    """Workforce, leadership and board beside the residents."""
    rows = []
    mine = desk.section("population")
    for body, name in BODY_NAMES.items():
        share = next((one for one in mine if (one.subject, one.measure) == (body, "bme_share")), None)
        more = next((one for one in mine if (one.subject, one.measure) == (body, "parity_more")), None)
        if share is not None and more is not None:
            rows.append(
                (
                    name,
                    share.shown,
                    share.interval_shown,
                    share.verdict,
                    more.shown,
                    " ".join(filter(None, (more.note, share.note))),
                )
            )
    return Table(
        "BME share, and people needed for the residents' share",
        ("Body", "BME share", "95% interval", "Compared with residents", "More needed", "How"),
        tuple(rows),
        (1, 4),
    )


def share_tables(desk: Desk) -> tuple[Table, ...]:
    """Appraisals and the opportunities log by ethnic group."""
    found = []
    for section, caption in (
        ("appraisals", "Appraisals"),
        ("opportunities", "Opportunities for development"),
    ):
        mine = desk.section(section)
        rows = []
        for measure in dict.fromkeys(one.measure.removesuffix("_difference") for one in mine):
            by_group = {one.ethnic_group: one for one in mine if one.measure == measure}
            gap = next((one for one in mine if one.measure == f"{measure}_difference"), None)
            rows.append(
                (
                    STEP_NAMES.get(measure, measure),
                    *(_cell(by_group, name) for name in GROUP_NAMES),
                    in_points(
                        f"{gap.shown} ({gap.interval_shown})"
                        if gap and gap.interval_shown
                        else (gap.shown if gap else "")
                    ),
                    " ".join(filter(None, (_sentence(gap.verdict) if gap else "", gap.note)))
                    if gap
                    else by_group[""].note,
                )
            )
        head = ("What", *GROUP_NAMES.values(), "Difference, BME less White", "What can be said")
        found.append(Table(caption, head, tuple(rows), (1, 2, 3, 4)))
    return tuple(found)


def in_points(words: str) -> str:
    """The words with 'points' for 'percentage points', for a narrow column."""
    return words.replace(" percentage points", " points").replace(" percentage point", " point")


def _sentence(words: str) -> str:
    """The words as a sentence; '' stays ''."""
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _cell(by_group: dict[str, CommissioningFigure], name: str) -> str:
    one = by_group.get(name)
    if one is None:
        return ""
    if one.numerator is None or one.denominator is None:
        return one.shown
    return f"{one.shown} ({int(one.numerator):,} of {int(one.denominator):,})"


def funnel_tables(desk: Desk) -> tuple[tuple[str, Table, Table], ...]:
    """(route, applications at each stage, who goes on) for every route there is."""
    mine = desk.section("recruitment_funnel")
    found = []
    for route in ROUTES:
        here = [one for one in mine if one.breakdown == route]
        if not here:
            continue
        counts = Table(
            f"Applications at each stage: {route}",
            ("Stage", *GROUP_NAMES.values()),
            tuple(
                (stage.capitalize(), *(_shown(here, stage, group) for group in GROUP_NAMES))
                for stage in STAGES
            ),
            (1, 2, 3, 4),
        )
        steps = []
        for before, stage in zip(STAGES, STAGES[1:], strict=False):
            measure = f"{stage}_of_{before}"
            ratio = _find_measure(here, f"{measure}{RATIO}")
            gap = _find_measure(here, f"{measure}_difference")
            steps.append(
                (
                    f"{stage.capitalize()}, of those {before}",
                    *(_shown(here, measure, group) for group in ("White", "BME")),
                    ratio.shown if ratio else "",
                    ratio.interval_shown if ratio else "",
                    ratio.verdict if ratio else "",
                    gap.note if gap else "",
                )
            )
        head = (
            "Step",
            "White",
            "BME",
            "White divided by BME",
            "95% interval",
            "Verdict",
            "What could be seen",
        )
        found.append((route, counts, Table(f"Who goes on: {route}", head, tuple(steps), (1, 2, 3))))
    return tuple(found)


def _find(rows: Sequence[CommissioningFigure], measure: str, breakdown: str) -> CommissioningFigure | None:
    return next((one for one in rows if (one.measure, one.breakdown) == (measure, breakdown)), None)


def _find_measure(rows: Sequence[CommissioningFigure], measure: str) -> CommissioningFigure | None:
    return next((one for one in rows if one.measure == measure), None)


def _shown(rows: Sequence[CommissioningFigure], measure: str, group: str) -> str:
    return next((one.shown for one in rows if (one.measure, one.ethnic_group) == (measure, group)), "")
