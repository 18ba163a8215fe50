"""figures.csv, the open data of a return, and the CSV on the Web metadata that explains it.

The file is the figures table as it stands: one row a figure, UTF-8, comma, LF, numbers as plain text that
gives the same number back. Metadata: W3C CSVW (`figures.csv-metadata.json`), one column description a column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wres_pipeline.indicators.figure import COLUMNS, Figure
from wres_pipeline.render.page import write_whole
from wres_pipeline.render.text import safe_cell
from wres_pipeline.reports.context import FICTIONAL_WORDS, ReturnContext
from wres_pipeline.schema import table, to_text

NAME = "figures.csv"

TITLES = {
    "interval_low": "Interval, low end",
    "interval_high": "Interval, high end",
    "bound_low": "Bound, low end",
    "bound_high": "Bound, high end",
    "shown": "As shown",
}
"""Titles of the columns whose name is not their title."""
DATATYPES = {"VARCHAR": "string", "INTEGER": "gYear", "DOUBLE": "number"}


def csv_bytes(figures: Sequence[Figure]) -> bytes:
    """The figures as CSV, in the order given; text that a spreadsheet would run as a formula is made
    harmless.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in figures:
        writer.writerow([safe_cell(cell) for cell in to_text(table("figures"), figure)])
    return out.getvalue().encode("utf-8")


def metadata(context: ReturnContext) -> dict[str, Any]:
    """The CSVW description of figures.csv as a dictionary."""
    about = f"Every figure of the {context.title}, {context.edition} edition."
    if context.fictional:
        about += f" {FICTIONAL_WORDS}"
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
        "url": NAME,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\n"], "header": True},
        "dc:title": context.title,
        "dc:description": about,
        "dc:publisher": context.organisation_name,
        "dc:issued": context.dated.isoformat(),
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:title": TITLES.get(column.name, column.name.replace("_", " ").capitalize()),
                    "dc:description": column.meaning,
                    "datatype": DATATYPES[column.type],
                    "required": column.name in _KEY[:4],
                }
                for column in table("figures").columns
            ],
            "primaryKey": list(_KEY),
        },
    }


def write(figures: Sequence[Figure], context: ReturnContext, folder: Path) -> tuple[Path, Path]:
    """Write figures.csv and figures.csv-metadata.json into `folder`; gives both paths."""
    described = json.dumps(metadata(context), ensure_ascii=False, indent=2) + "\n"
    return (
        write_whole(folder / NAME, csv_bytes(figures)),
        write_whole(folder / f"{NAME}-metadata.json", described.encode("utf-8")),
    )


_KEY = ("organisation_code", "reporting_year", "indicator", "measure", "cluster", "band", "ethnic_group")
