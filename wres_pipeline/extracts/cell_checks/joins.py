"""Numbers that should stand in a list of the time: people of training, cases and appraisals in the staff lists, applications
of one TRAC delivery in the next; and numbers of the staff list itself that were read otherwise than they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from wres_pipeline.extracts.cell_checks import feeds
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.warehouse import sql

PEOPLE = ("training", "employee_relations", "appraisals")
LOOKED_AT_BELOW = 0.85
"""Share of numbers in the staff lists below which somebody should look: people who left during the year and stand in no list
are about one in ten. [ours]"""
FEWEST = 3
"""Numbers a file must hold before its share blocks anything. [ours]"""
MOST_ROWS_A_PERSON = 4
"""Rows a person has on average from which on the numbers of a staff list are no longer people's. [ours]"""
SMALLEST_OVERLAP = 0.5
"""Share of an earlier TRAC delivery's applications, of the days the next one covers, that it must hold again. [ours]"""


def find(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery], smallest_share: float
) -> Iterator[Finding]:
    """The findings about numbers across the deliveries given and the others that count of their organisations."""
    by_id = {one.delivery_id: one for one in deliveries}
    codes = sorted({one.organisation_code for one in deliveries})
    con.execute(sql("wres_pipeline.extracts.canonical", "identifier_macros.sql"))
    for identity, people, rows, plain, zeros, suffix in con.execute(
        sql(__package__, "staff_numbers.sql"), {"deliveries": _ids(deliveries, "esr_staff_list")}
    ).fetchall():
        yield from _of_staff_list(by_id[identity], people, rows, plain, zeros, suffix)
    for identity, numbers, held, plain, repaired, mistyped, lists in con.execute(
        sql(__package__, "number_joins.sql"),
        {"deliveries": _ids(deliveries, *PEOPLE), "organisations": codes},
    ).fetchall():
        if lists:
            yield from _of_people(by_id[identity], numbers, held, plain, repaired, mistyped, smallest_share)
    for identity, before, again, longer in con.execute(
        sql(__package__, "application_joins.sql"), {"organisations": codes}
    ).fetchall():
        if identity in by_id:
            yield from _of_applications(by_id[identity], before, again, longer)


def _ids(deliveries: Sequence[Delivery], *kinds: str) -> list[str]:
    return [one.delivery_id for one in deliveries if one.kind in kinds]


def _of_staff_list(
    delivery: Delivery, people: int, rows: int, plain: int, zeros: int, suffix: int
) -> Iterator[Finding]:
    for count, how, severity in (
        (plain, "carry what a spreadsheet put there (`.0` or an apostrophe) and are read without it", "note"),
        (
            zeros,
            "lost their leading zeros, and are read as their assignment numbers still have them",
            "look_at",
        ),
        (suffix, "are assignment numbers, and are read without the suffix", "look_at"),
    ):
        if count:
            of: Severity = "note" if severity == "note" else "look_at"
            yield told(
                delivery, "numbers_repaired", of,
                f"{count:,} employee numbers {how}.",
                "Nothing to do for the figures; best export the column as text.",
                column="employee_number", rows=count,
            )  # fmt: skip
    if people and rows >= MOST_ROWS_A_PERSON * max(people, 2):
        yield told(
            delivery, "numbers_of_many", "blocks",
            f"{counted(rows, 'row names', 'rows name')} {counted(people, 'person', 'people')} only: the employee numbers of the "
            "file are not people's.",
            "Export the employee number of each person, as text, and send the file again.",
            column="employee_number", rows=rows,
        )  # fmt: skip


def _of_people(
    delivery: Delivery,
    numbers: int,
    held: int,
    plain: int,
    repaired: int,
    mistyped: int,
    smallest_share: float,
) -> Iterator[Finding]:
    if plain:
        yield told(
            delivery, "numbers_repaired", "note",
            f"{plain:,} employee numbers carry what a spreadsheet put there (`.0` or an apostrophe) and are read without it.",
            "Nothing to do for the figures; best export the column as text.",
            column="employee_number", rows=plain,
        )  # fmt: skip
    if repaired:
        yield told(
            delivery, "numbers_repaired", "look_at",
            f"{repaired:,} of {numbers:,} employee numbers stand in no staff list as they are written (leading zeros or the "
            "suffix of an assignment), and are read as the one number of the lists that fits.",
            "Nothing to do for the figures; best export the column as text, and the employee number itself.",
            column="employee_number", rows=repaired,
        )  # fmt: skip
    if mistyped:
        yield told(
            delivery, "numbers_mistyped", "look_at",
            f"{mistyped:,} of {numbers:,} employee numbers would stand in a staff list if a letter were the digit it looks like (O and 0, I or l "
            "and 1, S and 5, B and 8); as they are written they join nobody.",
            "Write the digit in the place of the letter, in this file or in the staff list, and send it again.",
            column="employee_number", rows=mistyped,
        )  # fmt: skip
    lost = numbers - held - repaired
    if lost <= 0:
        return
    share = (held + repaired) / numbers
    feed = feeds.of_column(delivery.kind, "employee_number")
    severity: Severity = "note" if share >= LOOKED_AT_BELOW else "look_at"
    if share < smallest_share and numbers >= FEWEST and feed.indicators:
        severity = "blocks"
    yield told(
        delivery, "numbers_not_in_staff_list", severity,
        f"{lost:,} of {numbers:,} employee numbers are in no staff list of the organisation.",
        "Nothing to do, if they are people who left or were never staff; else export the employee number as it stands in ESR, "
        "as text, and send the file again.",
        column="employee_number", rows=lost,
    )  # fmt: skip


def _of_applications(delivery: Delivery, before: int, again: int, longer: int) -> Iterator[Finding]:
    if longer:
        yield told(
            delivery, "numbers_repaired", "look_at",
            f"{longer:,} application ids are written with other leading zeros in another TRAC file, and are read as one.",
            "Nothing to do for the figures; best export the column as text.",
            column="application_id", rows=longer,
        )  # fmt: skip
    if before >= FEWEST and again < SMALLEST_OVERLAP * before:
        yield told(
            delivery, "applications_not_found_again", "blocks",
            f"Of {before:,} applications of the TRAC file before, of the days this one covers, {again:,} stand in it again: "
            "their ids are written otherwise, and applications would count twice.",
            "Export both with the same kind of application id; or leave only the later file, which holds all applications.",
            column="application_id", rows=before - again,
        )  # fmt: skip
