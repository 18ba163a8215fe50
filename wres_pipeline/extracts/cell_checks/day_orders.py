"""Which of day and month stands first in a file's dates, and what in its date columns is no date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import duckdb

from wres_pipeline.extracts.canonical import values
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading.prepared import Prepared
from wres_pipeline.extracts.statements import rows_holding, values_of

WORDS = frozenset(
    {
        "tbc",
        "tba",
        "ongoing",
        "n/a",
        "na",
        "none",
        "not known",
        "unknown",
        "null",
        "-",
        "--",
        "pending",
        "open",
    }
)
"""What people write where there is no day yet: kept as it is and not reported. [seen: TBC, ongoing; the rest
ours]"""


Texts = Mapping[str, Sequence[str]]
"""Column of dates -> its differing texts."""


def texts(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, delivery_ids: Sequence[str], *, some_aside: bool
) -> dict[str, Texts]:
    """What stands in the columns of dates of deliveries of the layout of `prepared`, by delivery.

    `some_aside`: leave out the rows that stand in the quarantine.
    """
    contract = prepared.contract
    columns = [c.name for c in contract.of_type("date", "yes_no_or_date") if c.name in prepared.columns]
    found: dict[str, dict[str, list[str]]] = {one: {c: [] for c in columns} for one in delivery_ids}
    if columns:
        statement = values_of(contract, columns, some_aside)
        for identity, column, text in con.execute(statement, [[*delivery_ids] for _ in columns]).fetchall():
            found[identity][column].append(text)
    return dict(found)


def find(
    con: duckdb.DuckDBPyConnection, contract: Contract, texts: Texts, delivery_id: str, name: str
) -> tuple[dict[str, str], dict[str, dict[str, int]], list[str]]:
    """(column -> `dmy` or `mdy`, column -> shapes of texts that are no date and how many differ, columns none of whose own
    dates prove the order).

    One file has one order: a column that proves none takes that of the file. Raises RefusedFile, naming rows,
    where the file proves both.
    """
    proofs: dict[str, list[tuple[str, str]]] = {"dmy": [], "mdy": []}
    dependent: set[str] = set()
    for column, found in texts.items():
        for text in found:
            if values.depends_on_order(text):
                dependent.add(column)
                if proof := values.day_month_proof(text):
                    proofs[proof].append((column, text))
    if proofs["dmy"] and proofs["mdy"]:
        raise _mixed(con, contract, proofs, delivery_id, name)
    order: str = "mdy" if proofs["mdy"] else "dmy"
    unread = {c: _no_dates(found, order, contract.column(c).type) for c, found in texts.items()}
    proven = {column for found in proofs.values() for column, _ in found}
    return (
        {c: order for c in texts if c in dependent},
        {c: n for c, n in unread.items() if n},
        sorted(dependent - proven),
    )


def _no_dates(texts: Sequence[str], order: str, kind: str) -> dict[str, int]:
    shapes = Counter(shape for text in texts if (shape := _shape_of_no_date(text, order, kind)))
    return dict(sorted(shapes.items()))


@lru_cache(maxsize=values.REMEMBERED)
def _shape_of_no_date(text: str, order: str, kind: str) -> str:
    tidy = values.tidy(text)
    if not tidy or tidy.casefold().rstrip(".") in WORDS or values.parse_date(text, order) is not None:
        return ""
    if kind == "yes_no_or_date" and values.parse_yes_no(text) is not None:
        return ""
    return values.shape(tidy)


def _mixed(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    proofs: dict[str, list[tuple[str, str]]],
    delivery_id: str,
    name: str,
) -> RefusedFile:
    said = []
    for order, words in (("dmy", "day first"), ("mdy", "month first")):
        column = sorted(proofs[order])[0][0]
        texts = [text for found, text in proofs[order] if found == column]
        rows = [
            str(row[0])
            for row in con.execute(rows_holding(contract, column), [delivery_id, texts]).fetchall()
        ]
        said.append(f"{words} in column {contract.column(column).headings[0]}, row {', '.join(rows)}")
    return RefusedFile(
        name,
        f"its dates are in mixed order: {'; '.join(said)}.",
        "No reader can tell the others apart: export again with one date format, "
        "best dd-MON-yyyy or yyyy-mm-dd.",
    )
