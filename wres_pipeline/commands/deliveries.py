"""`wres deliveries`: which files count, and why; and a damaged raw table landed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb
from rich.console import Console
from rich.table import Table

from wres_pipeline import schema, warehouse
from wres_pipeline.commands.run import near
from wres_pipeline.extracts.intake import folder, landing, ledger
from wres_pipeline.extracts.intake.deliveries import TABLE, Delivery
from wres_pipeline.extracts.intake.staged_file import forget
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.settings import Settings

FINE, TO_LOOK_AT, NOTHING = 0, 1, 2


def show(settings: Settings, organisations: Sequence[str], *, land_again: bool) -> int:
    """Print every delivery with whether it counts and why; with `land_again`, first land again those whose rows are not all
    there."""
    console = Console(highlight=False, soft_wrap=True, width=None if Console().is_terminal else 160)
    if not settings.warehouse.is_file():
        console.print(
            f"There is no warehouse {near(settings.warehouse)} yet: wres run makes it.", markup=False
        )
        return NOTHING
    with warehouse.connect(settings.warehouse) as con:
        landing.create_tables(con)
        if land_again:
            _land_again(console, con, settings)
        codes = list(organisations) or sorted(
            row[0]
            for row in con.execute(f"SELECT DISTINCT organisation_code FROM {TABLE}").fetchall()  # noqa: S608
        )
        held = schema.read(
            con, TABLE, Delivery, order="organisation_code, kind, period, sequence", organisation_code=codes
        )
        counting = {
            d.delivery_id
            for d in schema.read(con, "current_deliveries", Delivery, order="ALL", organisation_code=codes)
        }
        wrong = ledger.discrepancies(con)
    table = Table("organisation", "kind", "of", "file", title="Deliveries", title_justify="left")
    table.add_column("rows", justify="right")
    table.add_column("counts")
    for one in held:
        day = one.survey_year or one.period or ""
        table.add_row(
            one.organisation_code, one.kind, str(day), one.file_name, f"{one.rows_in:,}", _why(one, counting)
        )
    console.print(table)
    for account in wrong:
        console.print(f"Rows are missing: {account}", markup=False)
    if wrong:
        console.print("What to do: wres deliveries --land-again")
    return TO_LOOK_AT if wrong else FINE


def _why(one: Delivery, counting: set[str]) -> str:
    if one.delivery_id in counting:
        return "yes"
    return "no: a later one by name is there" if one.present else "no: not in the folder"


def _land_again(console: Console, con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Forget every delivery whose rows are not all there, and land the folders of their organisations."""
    wrong = ledger.discrepancies(con)
    if not wrong:
        console.print("Every row of every delivery is there: nothing to land again.")
        return
    for account in wrong:
        forget(con, account.kind, account.delivery_id)
    codes = sorted({a.organisation_code for a in wrong} & set(folder.organisations(settings.extracts)))
    own = {}
    for code in codes:
        place = settings.extracts / code / "mappings"
        own[code] = LocalMappings.load(place if place.is_dir() else None)
    report = landing.land_folder(
        con, settings.extracts, codes, now=datetime.now(UTC).replace(tzinfo=None), mappings=own
    )
    console.print(f"{len(wrong)} deliveries forgotten, {len(report.landed)} landed again from the folder.")
    console.print("Next: wres run")
