"""Cells of one row that contradict each other: appointed and not shortlisted, a day that stands before the one it follows."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import column_texts, values
from wres_pipeline.extracts.canonical.core_texts import flag_or_date
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference.codes import ethnicity, recruitment
from wres_pipeline.reference.local import LocalMappings

FOLLOW = {
    "employee_relations": (("opened", "formal_investigation_started"), ("formal_investigation_started", "closed")),
    "esr_staff_list": (("hire_date", "termination_date"),),
    "trac_applications": (("date_applied", "start_date"), ("date_applied", "shortlisted")),
    "board": (("start", "end"),),
}  # fmt: skip
"""Columns of days of which the second is never before the first, by kind."""
BY_STAGE = {
    "shortlisted": ("shortlisted", "interviewed", "offered", "appointed"),
    "appointed": ("appointed",),
}  # fmt: skip
"""Flags that the stage decides where they are blank, each with the stages that then mean yes. Who withdrew later was shortlisted all
the same, and is not appointed."""
Pairs = list[tuple[str, str, int]]
"""(text of the one column, text of the other, rows that can be used and hold both)"""
A_FEW = 0.1
"""Share of the rows with both days up to which days in the wrong order are slips of single rows. [ours]"""


def find(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery], own: Mapping[str, LocalMappings]
) -> Iterator[Finding]:
    """The findings about rows of deliveries of one kind."""
    kind = deliveries[0].kind
    if kind == "trac_applications":
        for one, cells in _pairs(con, deliveries, "shortlisted", "appointed"):
            yield from _appointed_only(one, cells, own[one.organisation_code].flags)
        for column, reached in BY_STAGE.items():
            for one, cells in _pairs(con, deliveries, column, "stage", blank=True):
                yield from _left_to_the_stage(one, cells, column, reached, own[one.organisation_code])
    if kind == "board":
        for one in deliveries:
            yield from _members(con, one, own[one.organisation_code])
    for first, second in FOLLOW.get(kind, ()):
        for one, cells in _pairs(con, deliveries, first, second):
            yield from _order(one, cells, first, second)


def _pairs(
    con: duckdb.DuckDBPyConnection,
    deliveries: Sequence[Delivery],
    first: str,
    second: str,
    *,
    blank: bool = False,
) -> Iterator[tuple[Delivery, Pairs]]:
    """(delivery, its pairs of texts) of deliveries of one kind that have both columns. blank: the first may be blank."""
    filled = "" if blank else f"AND trim({quoted(first)}) <> '' "
    have = {
        one.delivery_id: one
        for one in deliveries
        if all(column_texts.has(one, name) for name in (first, second))
    }
    found: dict[str, Pairs] = {}
    for identity, *pair in con.execute(
        f"SELECT delivery_id, trim(coalesce({quoted(first)}, '')), trim({quoted(second)}), count(*) FROM {contracts.load(deliveries[0].kind).table} r "
        f"WHERE delivery_id IN (SELECT unnest(?::VARCHAR[])) {filled}AND trim({quoted(second)}) <> '' AND NOT EXISTS "
        "(SELECT 1 FROM quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number) GROUP BY ALL ORDER BY ALL",
        [list(have)],
    ).fetchall():
        found.setdefault(identity, []).append((pair[0], pair[1], pair[2]))
    yield from ((have[identity], cells) for identity, cells in found.items())


def _members(con: duckdb.DuckDBPyConnection, delivery: Delivery, own: LocalMappings) -> Iterator[Finding]:
    """Members of the board who stand in several rows, with one ethnic group in one and another in the next."""
    groups: dict[str, set[str]] = {}
    for member, text in con.execute(
        f"SELECT lower(trim(coalesce(nullif(member_id, ''), name))), trim(ethnic_origin) FROM {contracts.load('board').table} "
        "WHERE delivery_id = ? AND trim(ethnic_origin) <> ''",
        [delivery.delivery_id],
    ).fetchall():
        found = ethnicity.resolve(text, own.ethnic_labels)
        if member and found.state == "declared":
            groups.setdefault(member, set()).add(str(found.group))
    odd = sum(1 for found in groups.values() if len(found) > 1)
    if odd:
        yield told(
            delivery, "members_contradict", "blocks",
            f"{counted(odd, 'member stands', 'members stand')} in several rows with different ethnic groups; which is right nobody can tell.",
            "Leave one ethnic origin for each member in all rows, and send the file again.",
            column="ethnic_origin", rows=odd,
        )  # fmt: skip


def _appointed_only(delivery: Delivery, cells: Pairs, own: Mapping[str, str]) -> Iterator[Finding]:
    order = delivery.date_orders
    rows = 0
    for shortlisted, appointed, found in cells:
        listed, _ = flag_or_date("shortlisted", shortlisted, order.get("shortlisted", "dmy"), own)
        taken, _ = flag_or_date("appointed", appointed, order.get("appointed", "dmy"), own)
        rows += found if taken and listed is False else 0
    if rows:
        yield told(
            delivery, "appointed_not_shortlisted", "look_at",
            f"{counted(rows, 'application is', 'applications are')} appointed and not shortlisted, which cannot be.",
            "Look whether the columns Shortlisted and Appointed hold what their headings say, put it right in the source system, "
            "and send the file again.",
            column="shortlisted", rows=rows,
        )  # fmt: skip


def _left_to_the_stage(
    delivery: Delivery, cells: Pairs, column: str, reached: Collection[str], own: LocalMappings
) -> Iterator[Finding]:
    """A flag that only ever says yes and is blank elsewhere: a blank may mean no, and the stage would say yes."""
    order = delivery.date_orders.get(column, "dmy")
    said = [
        (flag_or_date(column, text, order, own.flags)[0] if text else None, stage, rows)
        for text, stage, rows in cells
    ]
    yes = sum(rows for found, _, rows in said if found)
    if not yes or "" in own.flags or any(found is False for found, _, _ in said):
        return
    rows = 0
    for text, stage, found in cells:
        known = recruitment.stage(stage, own.recruitment_stages)
        stays = known is not None and (column == "shortlisted" or known.ended != "withdrawn")
        if not text and known is not None and stays and known.reached in reached:
            rows += found
    if rows:
        yield told(
            delivery, "flags_left_to_the_stage", "blocks" if rows > max(1, A_FEW * yes) else "look_at",
            f"{counted(rows, 'row has', 'rows have')} no {column}, where {yes:,} say yes and none says no: by the stage "
            f"{'it counts' if rows == 1 else 'they count'} as yes.",
            "Write Y or N in each row, or, where a blank means no, add the line `(blank),no` to mappings/flags.csv beside the "
            "extracts (first line label,means).",
            column=column, rows=rows,
        )  # fmt: skip


def _order(delivery: Delivery, cells: Pairs, first: str, second: str) -> Iterator[Finding]:
    orders = [delivery.date_orders.get(name, "dmy") for name in (first, second)]
    both = wrong = 0
    for one, other, rows in cells:
        before, after = values.parse_date(one, orders[0]), values.parse_date(other, orders[1])
        if before is not None and after is not None:
            both += rows
            wrong += rows if after < before else 0
    if wrong:
        yield told(
            delivery, "days_out_of_order", "look_at" if wrong > max(1, A_FEW * both) else "note",
            f"{counted(wrong, 'row has', 'rows have')} a {second} before {first}, of {both:,} with both.",
            "Look whether the days were typed or exported wrongly, put them right in the source system, and send the file again.",
            column=second, rows=wrong,
        )  # fmt: skip
