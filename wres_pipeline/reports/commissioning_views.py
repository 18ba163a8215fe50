"""What the commissioner's pages print, gathered from `commissioning_figures` row by row: text,
never arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.commissioning.desk import Desk
from wres_pipeline.commissioning.figure import CommissioningFigure
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
    """One table of a page: caption, heads, rows as text, columns that are numbers, a sentence below."""

    caption: str
    head: Row
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()
    note: str = ""


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
                    _with_base(figure),
                    place.shown,
                    _quarter(place),
                    f"{peers.shown}; for its size {peers.interval_shown}" if peers else "",
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
                    "Percentage",
                    "Rank, 1 is most favourable",
                    "Quarter",
                    "All peers together",
                    "Verdict",
                ),
                tuple(rows),
                note=f"Left out: {'; '.join(left_out)}." if left_out else "",
            )
        )
    return tuple(found)


def _with_base(one: CommissioningFigure) -> str:
    """A percentage with its interval and responses in one cell."""
    if not one.interval_shown or one.denominator is None:
        return one.shown
    return f"{one.shown} ({one.interval_shown}; {int(one.denominator):,} responses)"


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
                    " ".join(filter(None, (_sentence(gap.verdict) if gap else "", gap.note)))
                    if gap
                    else by_group[""].note,
                )
            )
        head = ("What", *GROUP_NAMES.values(), "Difference, BME less White", "What can be said")
        found.append(Table(caption, head, tuple(rows), (1, 2, 3, 4)))
    return tuple(found)


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


def _find(rows: Sequence[CommissioningFigure], measure: str, breakdown: str) -> CommissioningFigure | None:
    return next((one for one in rows if (one.measure, one.breakdown) == (measure, breakdown)), None)


def _find_measure(rows: Sequence[CommissioningFigure], measure: str) -> CommissioningFigure | None:
    return next((one for one in rows if one.measure == measure), None)


def _shown(rows: Sequence[CommissioningFigure], measure: str, group: str) -> str:
    return next((one.shown for one in rows if (one.measure, one.ethnic_group) == (measure, group)), "")
