"""What the cells of the extracts mean: every cell that reaches a figure was understood by a rule, or is counted and told here.

One function, `find`, for `wres check`, `wres run`, the web UI and the return; it changes nothing. Each module looks at one
thing: `columns` at flags, dates, numbers and errors; `labels` at the texts lists must know; `reading` at what the reader
noted in the ledger; `contradictions` at the cells of one row; `surveys` at percentages; `left_out` at what the export says of itself; `joins` at numbers that should stand in a list of the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from wres_pipeline.extracts.cell_checks import (
    columns,
    contradictions,
    joins,
    labels,
    left_out,
    reading,
    surveys,
)
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference.local import LocalMappings

SMALLEST_SHARE_JOINED = 0.5
"""Share of the numbers of a file that must stand in the staff lists of its year, else the indicator is blocked. [ours]"""


def find(
    con: duckdb.DuckDBPyConnection,
    delivered: Sequence[Delivery],
    mappings: Mapping[str, LocalMappings],
    smallest_share_joined: float = SMALLEST_SHARE_JOINED,
) -> list[Finding]:
    """Every finding about the cells of these deliveries, in no order; of the numbers they join by, those of the ledger beside them.

    smallest_share_joined: 0 to 1. Reads the ledger, the quarantine and the raw tables only.
    """
    own = {one.organisation_code: mappings.get(one.organisation_code, LocalMappings()) for one in delivered}
    found: list[Finding] = []
    for kind in dict.fromkeys(one.kind for one in delivered):
        of_kind = [one for one in delivered if one.kind == kind]
        found += columns.find(con, of_kind, own)
        found += contradictions.find(con, of_kind, own)
        found += labels.find(con, of_kind, own)
        found += surveys.find(con, of_kind, own)
        found += left_out.find(con, of_kind)
        for one in of_kind:
            found += reading.find(one)
    found += joins.find(con, delivered, smallest_share_joined)
    return found
