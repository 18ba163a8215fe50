"""Where an assignment stands: its cluster and band, and whether it belongs to the substantive workforce.

Pure functions over labels; the rules are [ours] after standard.md ("Headcount", indicator 1) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wres_pipeline.reference.codes import assignments, pay_bands, staff_groups
from wres_pipeline.reference.tables import fold

UNMAPPED = "Unmapped"
MEDICAL = "medical_and_dental"
MEDICAL_OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Placement:
    """A cluster and band of indicator 1; either is `Unmapped` when no list knows the label."""

    cluster: str
    band: str


def place(
    staff_group: str | None,
    pay_scale: str | None,
    own_staff_groups: Mapping[str, str] | None = None,
    own_pay_scales: Mapping[str, str] | None = None,
) -> Placement:
    """The cluster and band of a staff group and pay scale.

    A medical pay scale decides by itself (the contract is the stronger evidence than the staff group); medical
    staff paid on another known scale stand in `Other` of medical and dental; everybody else takes the cluster of
    the staff group and the Agenda for Change band of the scale.
    """
    cluster = staff_groups.resolve(staff_group, own_staff_groups or {})
    band = pay_bands.resolve(pay_scale, own_pay_scales or {})
    if band is not None and band.section == MEDICAL:
        return Placement(MEDICAL, band.band)
    if cluster == MEDICAL:
        return Placement(MEDICAL, MEDICAL_OTHER if band is not None else UNMAPPED)
    return Placement(cluster or UNMAPPED, band.band if band is not None else UNMAPPED)


def category_exclusion(label: str | None, own: Mapping[str, str] | None = None) -> str:
    """Why an assignment category is outside the substantive workforce, in words; empty when it is inside.

    A blank category is inside: the column is optional, and a category no list knows is reported by its own check.
    """
    use = assignments.category(label, own or {})
    return {
        "bank": "bank",
        "honorary": "honorary",
        "non_executive": "non-executive",
        "other_excluded": "not staff",
    }.get(use or "", "")


def status_exclusion(label: str | None, own: Mapping[str, str] | None = None) -> str:
    """`leaver` for a status that says the person has left; staff on leave or seconded out stay inside."""
    return "leaver" if assignments.status(label, own or {}) == "left" else ""


def payroll_exclusion(label: str | None, own: Mapping[str, str] | None = None) -> str:
    """`hosted on another payroll` for a payroll of another body.

    The organisation's own list (`payrolls.csv` of its mappings: label, `own` or `hosted`) decides; a name it does
    not hold is hosted only when it says so itself.
    """
    if not label or not label.strip():
        return ""
    key = fold(label)
    means = (own or {}).get(key)
    if means is None:
        means = "hosted" if "hosted" in key.split() else "own"
    return "hosted on another payroll" if means == "hosted" else ""
