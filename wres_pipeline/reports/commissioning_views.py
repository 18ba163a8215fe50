"""What the commissioner's pages print, gathered from `commissioning_figures` row by row: text,
never arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.commissioning.desk import Desk
from wres_pipeline.commissioning.figure import CommissioningFigure
from wres_pipeline.commissioning.log_checks import NATIONAL, SURVEY_INDICATORS
from wres_pipeline.commissioning.national_survey import TOPICS
from wres_pipeline.commissioning.recruitment_funnel import ROUTES, STAGES
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
    """One table of a page: caption, heads, rows as text, columns that are numbers."""

    caption: str
    head: Row
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderView:
    """One provider's part of the log: its years, its indicators by group and its national results."""

    code: str
    name: str
    status: str
    page: str
    years: Table
    indicators: Table | None
    national: Table | None


def provider_views(desk: Desk) -> tuple[ProviderView, ...]:
    """Every provider of the log, newest year first within each table."""
    rows = desk.section("provider_log")
    found = []
    for review in desk.reviews:
        mine = [one for one in rows if one.subject == review.provider.code]
        found.append(
            ProviderView(
                review.provider.code,
                review.provider.name,
                review.status,
                review_page(review.provider.code),
                _return_table(mine, review.provider.name),
                _indicator_table(mine, review.provider.name),
                _all_staff_table(mine, review.provider.name),
            )
        )
    return tuple(found)


def review_page(code: str) -> str:
    """The address of a provider's review."""
    return f"provider-{code.lower()}.html"


def _return_table(mine: Sequence[CommissioningFigure], name: str) -> Table:
    rows = [
        (str(one.about_year), one.shown, f"{int(one.value or 0)} of {int(one.denominator or 0)}", one.note)
        for one in reversed(mine)
        if one.measure == "return"
    ]
    return Table(
        f"{name}: returns by year",
        ("Reporting year", "Return", "Of indicators 5 to 8", "Note"),
        tuple(rows),
    )


def _indicator_table(mine: Sequence[CommissioningFigure], name: str) -> Table | None:
    def cell(year: int, number: str, measure: str, group: str = "") -> CommissioningFigure | None:
        return next(
            (
                one
                for one in mine
                if (one.about_year, one.breakdown, one.measure, one.ethnic_group)
                == (year, number, measure, group)
            ),
            None,
        )

    keys = sorted(
        {
            (one.breakdown, -one.about_year)
            for one in mine
            if one.breakdown and one.measure not in TOPICS_MEASURES
        }
    )
    rows = []
    for number, minus_year in keys:
        year = -minus_year
        gap = cell(year, number, "gap")
        whole = cell(year, number, indicators.rule(number).ratio or "percentage")
        parts = [cell(year, number, "percentage", group) for group in ("White", "BME")]
        rows.append(
            (
                f"Indicator {number}",
                str(year),
                *(part.shown if part else "" for part in parts),
                whole.shown if whole else "",
                gap.shown if gap else "",
                gap.interval_shown if gap else "",
                gap.verdict if gap else "",
            )
        )
    if not rows:
        return None
    return Table(
        f"{name}: indicators as published",
        (
            "Indicator",
            "Year",
            "White",
            "BME",
            "All, or ratio",
            "Gap, BME less White",
            "95% interval",
            "Alone",
        ),
        tuple(rows),
        (2, 3, 4),
    )


TOPICS_MEASURES = frozenset({*TOPICS, *(f"{topic}_change" for topic in TOPICS)})


def _all_staff_table(mine: Sequence[CommissioningFigure], name: str) -> Table | None:
    changes = {
        (one.measure.removesuffix("_change"), one.about_year): one
        for one in mine
        if one.measure.endswith("_change")
    }
    rows = []
    for topic, words in TOPICS.items():
        for one in sorted((r for r in mine if r.measure == topic), key=lambda r: -r.about_year):
            change = changes.get((topic, one.about_year))
            rows.append(
                (
                    words,
                    str(one.about_year - 1),
                    one.shown,
                    one.interval_shown,
                    f"{int(one.denominator):,}" if one.denominator is not None else "",
                    f"{change.shown}: {change.verdict}"
                    if change and change.verdict
                    else (change.note if change else ""),
                )
            )
    if not rows:
        return None
    return Table(
        f"{name}: all staff, national staff-survey results",
        ("Question", "Survey", "Percentage", "95% interval", "Responses", "Change since the survey before"),
        tuple(rows),
        (2, 4),
    )


def national_table(desk: Desk) -> Table | None:
    """The national line of every indicator and year there is, with where it was read."""
    rows = [
        (
            f"Indicator {one.breakdown}",
            str(one.about_year),
            GROUP_NAMES.get(one.ethnic_group, one.ethnic_group) if one.unit == "percent" else "Ratio",
            one.shown,
            one.source,
        )
        for one in desk.section("provider_log")
        if one.subject == NATIONAL
    ]
    return (
        Table("National figures held", ("Indicator", "Year", "Group", "Figure", "Source"), tuple(rows), (3,))
        if rows
        else None
    )


def missing_words(desk: Desk) -> tuple[str, ...]:
    """Sentences: whose return of the year is late, missing or only part there."""
    found = []
    for one in desk.section("provider_log"):
        if one.measure == "return" and one.about_year == desk.reporting_year and one.shown != "received":
            found.append(f"{one.subject_name}: {one.shown}{f' ({one.note})' if one.note else ''}.")
    return tuple(found)


def benchmark_tables(desk: Desk, subject: str) -> tuple[Table, ...]:
    """One body's place among its peers: all of its kind first, then like size and region."""
    mine = [one for one in desk.section("benchmark") if one.subject == subject]
    own = {one.measure: one for one in mine if one.measure in TOPICS}
    found = []
    for group in dict.fromkeys(one.breakdown for one in mine if one.measure.endswith("_rank")):
        rows = []
        for topic, figure in own.items():
            place = _find(mine, f"{topic}_rank", group)
            peers = _find(mine, f"{topic}_peers", group)
            if place is None:
                continue
            rows.append(
                (
                    TOPICS[topic],
                    figure.shown,
                    figure.interval_shown,
                    f"{int(figure.denominator):,}" if figure.denominator is not None else "",
                    place.shown + (f"; {place.note}" if place.note else ""),
                    _quarter(place),
                    peers.shown if peers else "",
                    peers.interval_shown if peers else "",
                    peers.verdict if peers else "",
                )
            )
        of = next((one.of for one in mine if one.breakdown == group and one.of), 0)
        found.append(
            Table(
                f"Among {of} bodies: {group}",
                (
                    "Question",
                    "Percentage",
                    "95% interval",
                    "Responses",
                    "Rank, 1 is most favourable",
                    "Quarter",
                    "All peers together",
                    "Limits for its size",
                    "Verdict",
                ),
                tuple(rows),
                (1, 3, 6),
            )
        )
    return tuple(found)


def _quarter(place: CommissioningFigure) -> str:
    if place.rank is None:
        return ""
    names = {1: "most favourable", 2: "second", 3: "third", 4: "least favourable"}
    return names[place.quartile] if place.quartile else "cannot be told"


def national_comparison(desk: Desk) -> Table | None:
    """The organisation's own indicators beside the national values of the year."""
    rows = [
        (
            f"Indicator {one.breakdown}: {indicators.rule(one.breakdown).title}",
            GROUP_NAMES.get(one.ethnic_group, "") if one.unit == "percent" else "Ratio",
            one.note.removeprefix("Own figure: ").split(". National:")[0],
            one.interval_shown,
            one.shown,
            one.verdict,
            one.source,
        )
        for one in desk.section("national")
    ]
    head = ("Indicator", "Group", "Own figure", "95% interval", "National", "Verdict", "Source")
    return Table("Beside the national figures", head, tuple(rows), (2, 4)) if rows else None


def history_rows(desk: Desk) -> dict[tuple[str, str], list[CommissioningFigure]]:
    """(topic, group) → the series' rows in order of years."""
    found: dict[tuple[str, str], list[CommissioningFigure]] = {}
    for one in desk.section("survey_history"):
        found.setdefault((one.measure, one.ethnic_group), []).append(one)
    return found


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
                    f"{gap.shown} ({gap.interval_shown})"
                    if gap and gap.interval_shown
                    else (gap.shown if gap else ""),
                    " ".join(
                        filter(
                            None, (f"{gap.verdict.capitalize()}." if gap and gap.verdict else "", gap.note)
                        )
                    )
                    if gap
                    else by_group[""].note,
                )
            )
        head = ("What", *GROUP_NAMES.values(), "Difference, BME less White", "What can be said")
        found.append(Table(caption, head, tuple(rows), (1, 2, 3, 4)))
    return tuple(found)


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
            ratio = _find_measure(here, f"{measure}_relative_likelihood_white_over_bme")
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


def indicator_titles() -> tuple[Row, ...]:
    """Indicators 5 to 8 by number and title, for the log's key."""
    return tuple((f"Indicator {number}", indicators.rule(number).title) for number in SURVEY_INDICATORS)


def _find(rows: Sequence[CommissioningFigure], measure: str, breakdown: str) -> CommissioningFigure | None:
    return next((one for one in rows if (one.measure, one.breakdown) == (measure, breakdown)), None)


def _find_measure(rows: Sequence[CommissioningFigure], measure: str) -> CommissioningFigure | None:
    return next((one for one in rows if one.measure == measure), None)


def _shown(rows: Sequence[CommissioningFigure], measure: str, group: str) -> str:
    return next((one.shown for one in rows if (one.measure, one.ethnic_group) == (measure, group)), "")
