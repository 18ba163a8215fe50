"""What an export says of itself: rows it left out, rows of other organisations, courses that were booked and not attended."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import column_texts
from wres_pipeline.extracts.cell_checks import feeds
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.naming import name_days
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.extracts.reading.headings import showable
from wres_pipeline.extracts.reading.prepared import Prepared
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference.tables import fold

LIMITS = frozenset(
    {1_000, 2_000, 5_000, 10_000, 20_000, 25_000, 30_000, 50_000, 65_000, 65_535, 65_536, 100_000, 150_000, 500_000, 1_000_000, 1_048_575, 1_048_576}
)  # fmt: skip
"""Numbers of rows at which reporting tools, spreadsheets and web exports stop. [ours]"""
AS_A_HEADING = 3
"""Cells of a row that are headings, from which on it is a row of headings. [ours]"""
LAST = 3
"""Rows at the end in which an export says that it stopped. [ours]"""
CUT = re.compile(
    r"exceed\w*\b.{0,40}\b(volume|limit|maximum|rows|records)|\b(data|rows|records|results)\b.{0,40}\b(omitted|truncated|not exported)"
    r"|\b(limited to|only the first|showing the first) [\d,. ]+ (rows|records|results)|maximum number of (rows|records)|row limit",
    re.IGNORECASE,
)
ATTENDED = re.compile(
    r"attend|status|outcome|result|\bdna\b|cancel|no.?show|complet|achieved|passed", re.IGNORECASE
)
"""Headings of a training file that say what became of a booking."""
OF_THE_PERSON = re.compile(
    r"\b(assignment|employ\w*|person|staff|marital|contract|record) status", re.IGNORECASE
)
"""Headings of a status that is not the booking's."""


LEAVERS = r"(?i)^\W*(ex[ -]?(employee|worker|staff)|leaver|former|left|terminated|inactive|not in post)\b"
"""Words of a cell for somebody who is no longer employed."""
LEAVERS_IN = re.compile(r"type|status|active|employed|in post|leaver", re.IGNORECASE)
"""Headings that no contract knows in which such words may stand."""


DAYS_IN = re.compile(
    r"\W*(?:(?:effective|snapshot|position|census|reference|reporting)\W*(?:date|day|month|period)|(?:position )?as (?:at|of)(?: date)?"
    r"|(?:period|month|year) end(?:ing|ed)?(?: date)?|month|period|snapshot|date)\W*",
    re.IGNORECASE,
)
"""Headings that no contract knows under which a list says of which day it is."""
YEARS_IN = re.compile(r"\W*(?:survey |wres |reporting )?year\W*|\W*survey\W*", re.IGNORECASE)
"""Such headings of a survey."""
BODIES_IN = re.compile(
    r"\W*(?:employer|employing (?:organisation|organization|authority|trust|body)|(?:organisation|organization|trust|company)(?: name| code)?|legal entity"
    r"|ods(?: code)?)\W*",
    re.IGNORECASE,
)
"""Such headings under which a file names whose rows they are."""
DAY_KINDS = ("esr_staff_list", "board")
SURVEY_KINDS = ("staff_survey", "staff_survey_respondents")
MOST_TEXTS = 24
"""Texts a column may hold to be one of the file and not of each row. [ours]"""


def said_in_unknown_columns(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, ids: Sequence[str]
) -> dict[str, dict[str, object]]:
    """Delivery -> what columns that no contract knows say of the file: who has left, of which day it is, whose the rows are.

    To be asked before what stands under such headings is let go of.
    """
    kind = prepared.contract.kind
    found: dict[str, dict[str, object]] = {}

    def keep(identity: str, fact: str, heading: str, said: object) -> None:
        of_fact = found.setdefault(identity, {}).setdefault(fact, {})
        assert isinstance(of_fact, dict)
        of_fact[showable(heading)] = said

    for heading in prepared.extras:
        if kind == "esr_staff_list" and LEAVERS_IN.search(heading):
            for identity, texts in _texts_below(con, prepared, ids, heading, LEAVERS).items():
                keep(identity, "leavers_elsewhere", heading, sum(texts.values()))
        days = kind in DAY_KINDS and DAYS_IN.fullmatch(heading)
        if days or (kind in SURVEY_KINDS and YEARS_IN.fullmatch(heading)):
            for identity, texts in _texts_below(con, prepared, ids, heading, r"\d").items():
                if said := _days_said(texts) if days else _years_said(texts):
                    keep(identity, "days_in_columns" if days else "surveys_in_columns", heading, said)
        if BODIES_IN.fullmatch(heading):
            for identity, texts in _texts_below(con, prepared, ids, heading, r"\w").items():
                keep(identity, "bodies_in_columns", heading, _by_name(texts.items()))
    return found


def _texts_below(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, ids: Sequence[str], heading: str, holding: str
) -> dict[str, dict[str, int]]:
    """Delivery -> text below an unknown heading that holds a pattern -> rows."""
    found: dict[str, dict[str, int]] = {}
    for identity, text, rows in con.execute(
        f"SELECT delivery_id, extra ->> $place AS text, count(*) FROM {prepared.contract.table} "
        "WHERE list_contains($ids::VARCHAR[], delivery_id) AND regexp_matches(text, $holding) GROUP BY 1, 2 ORDER BY 1, 2",
        {
            "ids": list(ids),
            "holding": holding,
            "place": '$."' + heading.replace("\\", "\\\\").replace('"', '\\"') + '"',
        },
    ).fetchall():
        found.setdefault(identity, {})[text] = rows
    return found


def _days_said(texts: Mapping[str, int]) -> dict[str, int]:
    """ISO day -> rows; empty where a text is no day, or the days are of the rows and not of the file."""
    said: dict[str, int] = {}
    for text, rows in texts.items() if len(texts) <= MOST_TEXTS else ():
        named = name_days.days(text)
        if not named:
            return {}
        day = named[-1].day.isoformat()
        said[day] = said.get(day, 0) + rows
    return said


def _years_said(texts: Mapping[str, int]) -> dict[str, int]:
    said: dict[str, int] = {}
    for text, rows in texts.items() if len(texts) <= MOST_TEXTS else ():
        for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)[:1]:
            said[year] = said.get(year, 0) + rows
    return said


def _by_name(texts: Iterable[tuple[str | None, int]]) -> list[int]:
    """Rows of each organisation named, the most first; one name in two spellings is one."""
    named: dict[str, int] = {}
    for text, rows in texts:
        if text:
            named[fold(text)] = named.get(fold(text), 0) + rows
    return sorted(named.values(), reverse=True)


def of_attendance(prepared: Prepared) -> list[str]:
    """The headings of a training file, known to no contract, that may say who did not attend; as a message may have them."""
    if prepared.contract.kind != "training":
        return []
    found = []
    for place, heading in enumerate(prepared.headings, start=1):
        said = ATTENDED.search(heading)
        if said and " ".join(heading.split()) in prepared.extras and not OF_THE_PERSON.search(heading):
            shown = showable(heading)
            found.append(
                repr(shown)
                if shown == " ".join(heading.split())
                else f"{place} (a heading with {said[0]!r} in it)"
            )
    return found


def find(con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery]) -> Iterator[Finding]:
    """The findings about deliveries of one kind."""
    kind = deliveries[0].kind
    by_id = {one.delivery_id: one for one in deliveries}
    for identity, number, text in _last_rows(con, kind, sorted(by_id)):
        if CUT.search(text):
            yield told(
                by_id[identity], "export_cut_off", "blocks",
                f"Row {number:,}, at the end, says that the export left data out: the file is not whole.",
                "Export in parts, or without the limit, and send the whole in the place of this file.",
                rows=by_id[identity].rows_in, indicators=_fed(kind),
            )  # fmt: skip
    for one in deliveries:
        if one.rows_in in LIMITS:
            yield told(
                one, "rows_at_a_limit", "look_at",
                f"The file holds exactly {one.rows_in:,} rows, a number at which many exports stop.",
                "Look whether the source holds more, and export it whole if it does. If it is right, confirm it in "
                "confirmations.yaml.",
                rows=one.rows_in,
            )  # fmt: skip
    if kind == "training":
        for one in deliveries:
            yield from _attendance(one)
    yield from _headings_below(con, deliveries)
    for one in deliveries:
        yield from _leavers(one)
        yield from _of_another_day(one)
        in_columns = one.reading.get("bodies_in_columns")
        for heading, rows in in_columns.items() if isinstance(in_columns, dict) else ():
            yield from _several_organisations(one, f"the column {heading!r}", rows)
    if kind == "esr_staff_list":
        have = [one for one in deliveries if column_texts.has(one, "org_l1")]
        for one in have:
            texts = column_texts.of_column(con, [one], "org_l1")[one.delivery_id]
            yield from _several_organisations(one, "org_l1", _by_name(texts))


def _fed(kind: str) -> tuple[str, ...]:
    return tuple(sorted({number for feed in feeds.of_kind(kind).values() for number in feed.indicators}))


def _last_rows(
    con: duckdb.DuckDBPyConnection, kind: str, wanted: Sequence[str]
) -> list[tuple[str, int, str]]:
    contract = contracts.load(kind)
    cells = ", ".join(
        quoted(c.name) for c in contract.columns if c.type in ("id", "text", "label", "ethnicity")
    )
    return con.execute(
        f"WITH ends AS (SELECT delivery_id, max(row_number) AS last FROM {contract.table} "
        f"WHERE list_contains(?::VARCHAR[], delivery_id) GROUP BY delivery_id) "
        f"SELECT r.delivery_id, r.row_number, concat_ws(' ', {cells}) FROM {contract.table} r JOIN ends e "
        "ON e.delivery_id = r.delivery_id AND r.row_number > e.last - ? ORDER BY ALL",
        [list(wanted), LAST],
    ).fetchall()


def _attendance(delivery: Delivery) -> Iterator[Finding]:
    headings = delivery.reading.get("attendance")
    for heading in headings if isinstance(headings, list) else ():
        yield told(
            delivery, "attendance_not_read", "look_at",
            f"The column {heading} may say who did not attend, and is not used: every course with a day of completion "
            "counts as attended, and none without "
            f"({counted(delivery.rows_accepted, 'row', 'rows')} in all).",
            "Export only the courses that were attended, each with its day of completion, without that column. If every row was attended, confirm it in "
            "confirmations.yaml.",
            column="completed", rows=delivery.rows_accepted,
        )  # fmt: skip


def _several_organisations(delivery: Delivery, column: str, rows: Sequence[int]) -> Iterator[Finding]:
    if len(rows) > 1:
        counts = "people" if delivery.kind == "esr_staff_list" else "rows"
        yield told(
            delivery, "several_organisations", "look_at",
            f"The file names {len(rows)} organisations in {column}, the largest with {counted(rows[0], 'row', 'rows')}; the {counts} of all "
            f"count, {counted(sum(rows[1:]), 'row', 'rows')} of the others among them.",
            "Export the rows of this organisation alone. If all are its own, confirm it in confirmations.yaml.",
            column="org_l1" if column == "org_l1" else "", rows=sum(rows[1:]),
        )  # fmt: skip


def _of_another_day(delivery: Delivery) -> Iterator[Finding]:
    """A file that says it is of another day, or of another survey, than its name; or of several."""
    day, survey = delivery.period, delivery.survey_year
    places: list[tuple[str, bool, dict[str, int]]] = []  # what it is, whether it is a column, what it says
    for fact, above in (("days", delivery.kind in DAY_KINDS), ("surveys", delivery.kind in SURVEY_KINDS)):
        columns, lines = delivery.reading.get(f"{fact}_in_columns"), delivery.reading.get(f"{fact}_above")
        if isinstance(columns, dict):
            places += [(f"The column {heading!r}", True, said) for heading, said in columns.items()]
        if above and isinstance(lines, list):
            places.append(("What stands above the headings", False, dict.fromkeys(lines, delivery.rows_in)))
    for place, is_column, said in places:
        others = {text: rows for text, rows in said.items() if not _is_of(text, day, survey)}
        if not others or (not is_column and len(said) > len(others)):
            continue
        several = is_column and len(said) > 1
        named = f"the name says {survey if survey is not None else day}"
        yield told(
            delivery, "another_day_said", "blocks" if several else "look_at",
            f"{place} says {' and '.join(sorted(said)[:3])}{' and more' if len(said) > 3 else ''}; {named}. "
            f"{counted(min(sum(others.values()), delivery.rows_in), 'row is', 'rows are')} of another {'survey' if survey is not None else 'day'} by that.",
            "Send the export of that day alone, or name the file after what it holds. If it is right, confirm it in confirmations.yaml.",
            rows=min(sum(others.values()), delivery.rows_in), indicators=_fed(delivery.kind),
        )  # fmt: skip


def _is_of(text: str, day: date | None, survey: int | None) -> bool:
    """Whether a day or year that a file says is that of its name: the first of a month stands for the month, and a return's year
    for the survey before it."""
    if len(text) == 4:
        return survey is None or int(text) in (survey, survey + 1)
    said = date.fromisoformat(text)
    return day is None or said == day or (said.day == 1 and (said.year, said.month) == (day.year, day.month))


def _leavers(delivery: Delivery) -> Iterator[Finding]:
    elsewhere = delivery.reading.get("leavers_elsewhere")
    for heading, rows in elsewhere.items() if isinstance(elsewhere, dict) else ():
        yield told(
            delivery, "leavers_not_read", "look_at",
            f"The column {heading!r}, which is not used, says in {counted(rows, 'row', 'rows')} that somebody has left; "
            "they count, unless their status or their day of leaving says so too.",
            "Export the list without those who have left. If they are staff, confirm it in confirmations.yaml.",
            column="assignment_status", rows=rows,
        )  # fmt: skip


def _headings_below(con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery]) -> Iterator[Finding]:
    """Headings in a row of data, under other headings: two exports stand one below the other in another order of columns."""
    contract = contracts.load(deliveries[0].kind)
    asked = [
        c.name for c in contract.columns if c.stored and c.type in ("id", "label", "ethnicity", "yes_no")
    ]
    if len(asked) < AS_A_HEADING:
        return
    known = sorted({text.lower() for c in contract.columns for text in (*c.headings, c.name)})
    cells = " + ".join(
        f"coalesce(list_contains($known, lower(trim({quoted(n)}))), FALSE)::INTEGER" for n in asked
    )
    by_id = {one.delivery_id: one for one in deliveries}
    for identity, first, last in con.execute(
        f"SELECT delivery_id, min(row_number), max(last) FROM (SELECT *, max(row_number) OVER (PARTITION BY delivery_id) AS last "
        f"FROM {contract.table} r WHERE list_contains($ids, delivery_id)) r WHERE {cells} >= {AS_A_HEADING} AND NOT EXISTS (SELECT 1 FROM "
        "quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number) GROUP BY delivery_id",
        {"known": known, "ids": list(by_id)},
    ).fetchall():
        yield told(
            by_id[identity], "headings_in_another_order", "blocks",
            f"Row {first:,} holds headings again, in another order: two exports stand one below the other, and {counted(last - first, 'row', 'rows')} "
            "below it are read under the wrong headings.",
            "Send each export as a file of its own, or put the columns of both in one order.",
            rows=last - first, indicators=_fed(contract.kind),
        )  # fmt: skip
