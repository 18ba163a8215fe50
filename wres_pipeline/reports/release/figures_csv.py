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

from wres_pipeline.indicators.figure import COLUMNS, Figure, to_text_rows
from wres_pipeline.render.page import write_whole
from wres_pipeline.render.text import safe_cell
from wres_pipeline.reports.context import FICTIONAL_WORDS, ReturnContext

NAME = "figures.csv"

DESCRIPTIONS: dict[str, tuple[str, str, str]] = {
    "organisation_code": ("Organisation code", "ODS code of the organisation.", "string"),
    "reporting_year": ("Reporting year", "Calendar year of the 31 March snapshot.", "gYear"),
    "indicator": ("Indicator", "WRES indicator 1 to 9, or race_disparity.", "string"),
    "measure": (
        "Measure",
        "What is measured. A ratio's direction is part of its name: white_over_bme or bme_over_white.",
        "string",
    ),
    "cluster": (
        "Cluster",
        "clinical, non_clinical or medical_and_dental. Blank: the whole workforce.",
        "string",
    ),
    "band": ("Band", "Pay band, or the part of the board for indicator 9. Blank: all.", "string"),
    "ethnic_group": (
        "Ethnic group",
        "White, BME or Unknown. Blank: everybody, or a figure that compares the groups.",
        "string",
    ),
    "numerator": (
        "Numerator",
        "The count above the line. Halves occur in a two-year rolling average.",
        "number",
    ),
    "denominator": ("Denominator", "The count below the line.", "number"),
    "value": (
        "Value",
        "The unrounded value in its unit; percentages from 0 to 100. Blank unless state is value or zero.",
        "number",
    ),
    "unit": ("Unit", "people, percent, ratio or percentage_points.", "string"),
    "state": (
        "State",
        "value, zero, not_calculable, not_collected, not_required, suppressed_at_source or withheld.",
        "string",
    ),
    "interval_low": (
        "Interval, low end",
        "Lower end of the 95% confidence interval. Blank: none, or no lower end.",
        "number",
    ),
    "interval_high": (
        "Interval, high end",
        "Upper end of the 95% confidence interval. Blank: none, or no upper end.",
        "number",
    ),
    "bound_low": (
        "Bound, low end",
        "The lowest the figure could be, whatever the ethnicity of people whose ethnicity is not known.",
        "number",
    ),
    "bound_high": (
        "Bound, high end",
        "The highest the figure could be, whatever the ethnicity of people whose ethnicity is not known.",
        "number",
    ),
    "verdict": ("Verdict", "What the figure is evidence of, in words.", "string"),
    "shown": (
        "As shown",
        "The text printed for the figure: rounded once, half up, or its state in words.",
        "string",
    ),
    "note": ("Note", "What a reader of this figure has to know.", "string"),
    "basis": (
        "Basis",
        "The definition behind the value. Figures of different bases are not one series.",
        "string",
    ),
    "rule_version": ("Rule version", "Version of the rules of the reporting year.", "string"),
    "deliveries": (
        "Deliveries",
        "The extracts the figure came from, joined by ;. Kind and date in the public edition, ids in the internal one.",
        "string",
    ),
}
"""Column -> title, description, CSVW datatype: one entry for every column of the figures table."""


def csv_bytes(figures: Sequence[Figure]) -> bytes:
    """The figures as CSV, in the order given; text that a spreadsheet would run as a formula is made
    harmless.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in to_text_rows(figures):
        writer.writerow([safe_cell(cell) for cell in row])
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
                    "name": name,
                    "titles": name,
                    "dc:title": DESCRIPTIONS[name][0],
                    "dc:description": DESCRIPTIONS[name][1],
                    "datatype": DESCRIPTIONS[name][2],
                    "required": name in _KEY[:4],
                }
                for name in COLUMNS
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
