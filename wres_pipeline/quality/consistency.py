"""One person, several answers: TRAC, ESR, employee relations and earlier staff lists set side by side;
counts only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wres_pipeline.quality.figure import Place, QualityFigure


@dataclass(frozen=True, slots=True)
class Consistency:
    """People who differ, and people compared, in the order the SQL gives them. `earlier`: the staff list
    before.
    """

    earlier: date | None
    compared: int
    group_changed: int
    category_changed: int
    relapsed_to_blank: int
    relapsed_to_declined: int
    newly_declared: int
    lost_since_any_list: int
    in_cases: int
    cases_differ: int
    in_trac: int
    trac_differs: int
    trac_category_differs: int
    several_applications: int
    applications_differ: int


#: measure → (field of the people who differ, field of those compared, what is set against what)
COMPARISONS: tuple[tuple[str, str, str, str], ...] = (
    ("trac_other_group", "trac_differs", "in_trac", "TRAC and ESR name different WRES groups"),
    (
        "trac_other_category",
        "trac_category_differs",
        "in_trac",
        "TRAC and ESR name different categories of one group",
    ),
    (
        "applications_differ",
        "applications_differ",
        "several_applications",
        "Several applications of one person name different WRES groups",
    ),
    (
        "cases_other_group",
        "cases_differ",
        "in_cases",
        "Employee relations and ESR name different WRES groups",
    ),
    ("group_changed", "group_changed", "compared", "Another WRES group than in the staff list before"),
    ("category_changed", "category_changed", "compared", "Another category of the same group than before"),
    ("relapsed_to_blank", "relapsed_to_blank", "compared", "Declared in the staff list before, blank now"),
    (
        "relapsed_to_declined",
        "relapsed_to_declined",
        "compared",
        "Declared in the staff list before, not stated now",
    ),
    ("newly_declared", "newly_declared", "compared", "Not declared in the staff list before, declared now"),
)


def figures(place: Place, found: Consistency, staff: int) -> list[QualityFigure]:
    """A count for each comparison, with the people compared as its denominator. `staff`: today's
    workforce.
    """
    made = []
    for measure, differ, compared, words in COMPARISONS:
        base = getattr(found, compared)
        since = (
            f"since the staff list of {found.earlier.isoformat()}"
            if compared == "compared" and found.earlier
            else ""
        )
        note = since or ("nobody to compare" if not base else "")
        made.append(
            place.count(
                "consistency",
                measure,
                getattr(found, differ),
                of=base,
                breakdown="comparison",
                breakdown_value=words,
                note=note,
            )
        )
    made.append(
        place.count(
            "consistency",
            "lost_since_any_list",
            found.lost_since_any_list,
            of=staff,
            breakdown="comparison",
            breakdown_value="Blank now, though some earlier staff list held a declared ethnicity",
        )
    )
    return made


def of_row(row: Sequence[object]) -> Consistency:
    """The counts of one organisation from a row of consistency.sql (after its code)."""
    return Consistency(*row)  # type: ignore[arg-type]
