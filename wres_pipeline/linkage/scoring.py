"""Scoring of pairs by Splink with the kept model: nothing is learnt here.

Ethnicity is never compared: a gap between two systems must not be judged by the thing that is missing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import duckdb

from wres_pipeline.linkage.model import Model
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    from splink import Linker

KEPT_CANDIDATES = 10


def splink_linker(
    scratch: duckdb.DuckDBPyConnection, con: duckdb.DuckDBPyConnection, settings: dict[str, Any]
) -> Linker:
    """A Splink linker over the identities that stand in `linkage_pairs`, working in the connection `scratch`.

    `scratch` keeps Splink's own tables out of the warehouse; it must outlive the linker.
    """
    import logging

    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=scratch)
    sides = []
    for side in ("application", "staff"):
        held = con.sql(
            sql("wres_pipeline.linkage", "scoring_input.sql"), params={"side": side}
        ).to_arrow_table()
        scratch.register(f"arrow_{side}", held)
        scratch.execute(f"CREATE OR REPLACE TABLE compared_{side} AS SELECT * FROM arrow_{side}")  # noqa: S608
        scratch.unregister(f"arrow_{side}")
        sides.append(api.register(f"compared_{side}", dataset_display_name=side))
    linker = Linker(sides, settings, log_level=None, validate_settings=False)
    pairs = con.sql(sql("wres_pipeline.linkage", "scoring_pairs.sql")).to_arrow_table()
    scratch.register("arrow_pairs", pairs)
    scratch.execute("CREATE OR REPLACE TABLE blocked_pairs AS SELECT * FROM arrow_pairs")
    scratch.unregister("arrow_pairs")
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked_pairs"))
    return linker


def score(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Score `linkage_pairs` and leave the best candidates of each application in `linkage_scored`.

    `linkage_scored(application, staff, weight, names_level, birth_level, ni_level, start_level,
    w_<comparison>…)`: weights in bits without any prior; a level is 0 for 'anything else' and rises with
    agreement, None where not known.
    """
    scratch = duckdb.connect(":memory:")
    try:
        linker = splink_linker(scratch, con, model.splink)
        scored = linker.inference.predict(warning_mode="never")
        scratch.execute(f"CREATE OR REPLACE VIEW scored AS SELECT * FROM {scored.physical_name}")  # noqa: S608
        _levels(scratch, model)
        best = scratch.sql(
            sql("wres_pipeline.linkage", "scored.sql"), params={"kept": KEPT_CANDIDATES}
        ).to_arrow_table()
    finally:
        scratch.close()
    con.register("arrow_scored", best)
    con.execute("CREATE OR REPLACE TEMP TABLE linkage_scored AS SELECT * FROM arrow_scored")
    con.unregister("arrow_scored")


def _levels(scratch: duckdb.DuckDBPyConnection, model: Model) -> None:
    """The weight of every level: Splink hands on weights, and the rules of a link ask which level was met."""
    rows = []
    for comparison in model.splink["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for above_else, level in enumerate(reversed(levels)):
            weight = math.log2(level["m_probability"] / level["u_probability"])
            rows.append((comparison["output_column_name"], above_else, weight))
    scratch.execute(
        "CREATE OR REPLACE TABLE level_weights (comparison VARCHAR, level INTEGER, weight DOUBLE)"
    )
    scratch.executemany("INSERT INTO level_weights VALUES (?, ?, ?)", rows)
