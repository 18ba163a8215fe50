"""How far a delivery may be from the ones before it, and from the calendar, before somebody is asked to look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plausibility:
    """Limits of the checks against history. Chosen over generated years: `docs/evidence/plausibility.md` says the
    false-alarm rate of each. [ours]

    smallest_list: people below which a staff list is no list. people_lost, people_gained: share of the people of the list
    before, which may be missing or new. numbers_kept: share of last year's employee numbers that must still be there
    (turnover), numbers_kept_month the same for lists at most two months apart. share_moved: by how much the share of an
    ethnic state or group may move. group_changed: share of people of both lists who may have changed between White and BME. part_missing: people a staff group or site must have had for its absence to be told.
    usual_month: rows the middle month of a year must have for empty months to be told; empty_months: in a row.
    one_group: people who declare, all of one WRES group, from which that is told. other_body: share of numbers that stand
    in another organisation's list. standard_errors: slack for chance beside every share, so that small bodies are not told
    of what is chance.
    """

    smallest_list: int = 5
    people_lost: float = 0.20
    people_gained: float = 0.25
    numbers_kept: float = 0.60
    numbers_kept_month: float = 0.93
    share_moved: float = 0.08
    group_changed: float = 0.05
    part_missing: int = 10
    usual_month: float = 5.0
    empty_months: int = 2
    one_group: int = 60
    other_body: float = 0.20
    standard_errors: float = 4.0
