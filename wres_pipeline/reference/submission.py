"""The items of the WRES data submission, 1 to 63, in the order the collection asks for them.

One row of `submission_items.csv` is one item: the figure it prints (indicator, measure, cluster, band) and,
for each of the columns White, BME and Unknown, what stands there: `group` (the group's own figure),
`comparison` (the figure that compares the groups, which has no group) or nothing. The layout is [recalled]:
check it against a real sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from wres_pipeline.reference import indicators, tables

Cell = Literal["group", "comparison", ""]


@dataclass(frozen=True, slots=True)
class SubmissionItem:
    """One item of the submission.

    `section` and `text` are the words of the form; `indicator`, `measure`, `cluster` and `band` name the
    figure; `unit` is people, percent, ratio or percentage_points; `white`, `bme` and `unknown` say what each
    column holds; `evidence` and `source` say how sure this is.
    """

    item: int
    indicator: str
    section: str
    text: str
    measure: str
    cluster: str
    band: str
    unit: str
    white: Cell
    bme: Cell
    unknown: Cell
    note: str
    evidence: str
    source: str

    @property
    def worked_out(self) -> bool:
        """Whether the form works the item out from the counts above it [recalled]: likelihoods, ratios, differences
        and percentages of the board. Survey percentages are keyed or come pre-filled.
        """
        shape = indicators.rule(self.indicator).shape
        return self.unit != "people" and shape in (
            indicators.LIKELIHOOD_RATIO,
            indicators.DIFFERENCE_OF_SHARES,
        )

    def cell(self, group: str) -> Cell:
        """What stands in the column of an ethnic group: White, BME or Unknown."""
        columns: dict[str, Cell] = {"White": self.white, "BME": self.bme, "Unknown": self.unknown}
        return columns[group]


@lru_cache(maxsize=1)
def items() -> tuple[SubmissionItem, ...]:
    """Every item in the order of the form.

    Raises ReferenceFileError when the numbers do not run from 1 without a gap or a column holds an unknown
    word.
    """
    found = tuple(
        SubmissionItem(
            item=int(row["item"]),
            indicator=row["indicator"],
            section=row["section"],
            text=row["text"],
            measure=row["measure"],
            cluster=row["cluster"],
            band=row["band"],
            unit=row["unit"],
            white=_cell(row["white"]),
            bme=_cell(row["bme"]),
            unknown=_cell(row["unknown"]),
            note=row["note"],
            evidence=row["evidence"],
            source=row["source"],
        )
        for row in tables.rows("submission_items")
    )
    if [item.item for item in found] != list(range(1, len(found) + 1)):
        raise tables.ReferenceFileError("submission_items.csv: the items do not run from 1 without a gap")
    return found


def _cell(word: str) -> Cell:
    if word == "group":
        return "group"
    if word == "comparison":
        return "comparison"
    if word == "":
        return ""
    raise tables.ReferenceFileError(
        f"submission_items.csv: a column holds {word!r}: group, comparison or blank"
    )
