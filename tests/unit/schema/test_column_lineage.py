"""From which columns a column comes: as the SQL says it today, told of columns that exist, and right where it was followed by hand."""

from __future__ import annotations

import pytest

from tests import column_lineage
from wres_pipeline import schema
from wres_pipeline.extracts.intake import landing
from wres_pipeline.schema import lineage

STAFF, TRAC = "raw_esr_staff_list", "raw_trac_applications"
BY_HAND = {
    ("core_assignments", "band"): {(STAFF, "staff_group"), (STAFF, "pay_scale")},
    ("core_assignments", "wres_group"): {(STAFF, "ethnic_origin")},
    ("core_assignments", "site"): {(STAFF, "org_l2"), (STAFF, "org_l3"), (STAFF, "org_l4")},
    ("core_workforce", "wres_group"): {("core_assignments", "wres_group")},
    ("core_applications", "shortlisted"): {(TRAC, "shortlisted"), (TRAC, "stage"), (TRAC, "appointed")},
    ("core_applications", "as_at"): {("deliveries", "period")},
    ("core_training", "is_mandatory"): {("raw_training", "is_mandatory"), ("raw_training", "course")},
    ("core_survey_results", "percent"): {("raw_staff_survey", "percent")},
    ("quality_gap", "esr_code"): {("core_staff", "ethnic_code")},
    ("core_identities", "ni_number"): {(STAFF, "ni_number"), (TRAC, "ni_number")},
    ("quality_gap", "score"): {("linkage_links", "score")},
    ("protected_figures", "value"): {("figures", "value")},
}
"""Followed by a person through the .sql files."""


def _columns() -> dict[str, tuple[str, ...]]:
    stored = {table.name: table.names for table in (*schema.stored_tables(), *landing.raw_tables())}
    return stored | {"core_workforce": schema.table("core_workforce").names}


def test_the_file_is_what_the_sql_says() -> None:
    kept = column_lineage.FILE.read_text(encoding="utf-8")
    assert kept == column_lineage.text(), "python -m tests.column_lineage writes it anew"


@pytest.mark.parametrize(
    ("column", "places"), BY_HAND.items(), ids=lambda one: ".".join(one) if isinstance(one, tuple) else ""
)
def test_what_was_followed_by_hand_is_told(column: tuple[str, str], places: set[tuple[str, str]]) -> None:
    assert set(lineage.sources(column[0])[column[1]]) == places


def test_every_column_that_is_named_exists() -> None:
    there = _columns()
    for name in (*there, "indicator_2", "indicator_race_disparity"):
        for column, places in lineage.sources(name).items():
            assert column in there.get(name, there["figures"])
            assert [place for place in places if place[1] not in there[place[0]]] == []


@pytest.mark.parametrize(
    ("indicator", "column"),
    [("1", (STAFF, "ethnic_origin")), ("2", (TRAC, "stage")), ("3", ("raw_employee_relations", "formal_investigation_started")),
     ("4", ("raw_training", "completed")), ("6", ("raw_staff_survey", "percent")), ("9", ("raw_board", "is_voting"))],
)  # fmt: skip
def test_a_figure_leads_back_to_the_column_of_the_extract(indicator: str, column: tuple[str, str]) -> None:
    found, ahead = set(), [(f"indicator_{indicator}", "value")]
    while ahead:
        name, of = ahead.pop()
        for place in lineage.sources(name).get(of, ()):
            if place not in found:
                found.add(place)
                ahead.append(place)
    assert column in found


def test_every_canonical_table_leads_back_to_its_extract() -> None:
    lacking = [
        f"{table.name}.{name}"
        for table in schema.stored_tables()
        if table.name in set(column_lineage.made_from_extracts())
        for name in table.names
        if name not in lineage.sources(table.name)
    ]
    assert lacking == []
