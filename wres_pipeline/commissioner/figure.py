"""One row of `commissioning_figures`: everything the commissioner's pages print, and nothing else.

The columns are the house's ("figures are one tidy table") with what a comparison adds: whom the row is
about, a rank among how many, a quartile and where the number was published [ours].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import duckdb

from wres_pipeline import schema
from wres_pipeline.indicators.figure import range_shown, shown_text, state_of

Value = Fraction | int | float


@dataclass(frozen=True, slots=True)
class CommissioningFigure:
    """One figure of the commissioner's desk.

    `organisation_code` and `reporting_year` are those of the publication it stands in; `subject` is
    whom it is about (a provider's code, the organisation itself, an area) and `about_year` the
    reporting year it is about (for a staff survey the year after its autumn). `breakdown` says
    within what (an indicator's number, a peer group, a route …). `numerator`/`denominator` are
    people, applications or responses; for a published percentage only the base is known and
    `numerator` is None. `value` is unrounded, percentages 0–100; it is a number exactly when
    `state` is `value` or `zero`. `rank` is 1 for the most favourable of `of`; None with the reason
    in `verdict` when no rank can honestly be given. `quartile` is 1 (most favourable) to 4.
    `source` is where the number was published. `direction` is `higher` or `lower`: how the BME share stands to the White one,
    blank where it cannot be told from chance. `own_shown` is the organisation's own figure that a value is compared with, as
    printed.
    """

    organisation_code: str
    reporting_year: int
    section: str
    subject: str
    measure: str
    breakdown: str = ""
    ethnic_group: str = ""
    numerator: Value | None = None
    denominator: Value | None = None
    value: Value | None = None
    unit: str = "percent"
    state: str = "value"
    interval_low: float | None = None
    interval_high: float | None = None
    rank: int | None = None
    of: int | None = None
    quartile: int | None = None
    verdict: str = ""
    shown: str = ""
    note: str = ""
    source: str = ""
    subject_name: str = ""
    about_year: int = 0
    direction: str = ""
    own_shown: str = ""

    @property
    def key(self) -> tuple[str, int, str, str, int, str, str, str]:
        """What makes the row one of its kind: no two rows of a table share it."""
        return (
            self.organisation_code,
            self.reporting_year,
            self.section,
            self.subject,
            self.about_year,
            self.measure,
            self.breakdown,
            self.ethnic_group,
        )

    @property
    def interval_shown(self) -> str:
        """The 95% interval as text; "" when there is none."""
        return range_shown(self.interval_low, self.interval_high, self.unit)


def figure(
    organisation_code: str,
    reporting_year: int,
    section: str,
    subject: str,
    measure: str,
    *,
    value: Value | None = None,
    unit: str = "percent",
    state: str = "",
    places: int | None = None,
    shown: str = "",
    about_year: int | None = None,
    **rest: Any,
) -> CommissioningFigure:
    """A row whose state and shown text follow from its value, unless they are given; about its own year, too.

    `places` are the decimals a published number was published with; without it the unit decides.
    Raises KeyError for a unit or a state that is not one of the house's.
    """
    state = state or state_of(value)
    if state not in ("value", "zero"):
        value = None
    return CommissioningFigure(
        organisation_code,
        reporting_year,
        section,
        subject,
        measure,
        value=value,
        unit=unit,
        state=state,
        shown=shown or shown_text(value, unit, state, places),
        about_year=reporting_year if about_year is None else about_year,
        **rest,
    )


TABLE = "commissioning_figures"


def replace_figures(
    con: duckdb.DuckDBPyConnection,
    figures: Sequence[CommissioningFigure],
    reporting_year: int,
    organisations: Sequence[str],
) -> None:
    """Put `figures` in place of what the table holds for the year's publications of these organisations."""
    schema.replace(con, TABLE, figures, reporting_year=reporting_year, organisation_code=list(organisations))


def read_figures(
    con: duckdb.DuckDBPyConnection, organisation_code: str, reporting_year: int
) -> list[CommissioningFigure]:
    """The rows of one publication, in the order they were worked out in."""
    return schema.read(
        con, TABLE, CommissioningFigure, organisation_code=organisation_code, reporting_year=reporting_year
    )
