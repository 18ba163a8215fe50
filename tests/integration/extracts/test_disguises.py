"""A clean extract in any combination of harmless disguises gives the same canonical tables."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.extracts.clean_extracts import KINDS, Table, clean
from tests.integration.extracts.disguises import DISGUISES, Disguise, disguised
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing, ledger
from wres_pipeline.reference.local import LocalMappings

NOW = datetime(2026, 11, 24)
TABLES = (*core.CORE_TABLES, *core.IDENTITIES)
NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéüñ’– ", min_size=1, max_size=12).map(
    lambda s: f"N{s.strip()}x"
)
DAYS = st.integers(0, 20_000).map(lambda n: (date(1960, 1, 1) + timedelta(n)).strftime("%d-%b-%Y").upper())
LABELS = {
    "Ethnic Origin": st.sampled_from(
        [
            "A White - British",
            "H Asian or Asian British - Indian",
            "Z Not Stated",
            "White - Irish",
            "",
            "CD White Cornish",
        ]
    ),
    "Staff Group": st.sampled_from(
        ["Medical and Dental", "Administrative and Clerical", "Allied Health Professionals"]
    ),
    "Pay Scale": st.sampled_from(
        ["NHS|XR05|Review Body Band 5", "NHS|YC72|Consultant", "NHS|XN03|Non Review Body Band 3"]
    ),
    "Current Stage": st.sampled_from(["Interview", "Shortlisting: Rejected", "Offer", "Starting"]),
    "Case Type": st.sampled_from(["Disciplinary", "Grievance"]),
}
VERBATIM = {
    "delivery_id", "row_number", "organisation_code", "ethnic_origin", "staff_group", "pay_scale", "stage", "case_type",
    "group_label", "respondent",
}  # fmt: skip


@st.composite
def extracts(draw: st.DrawFn) -> Table:
    """A clean table of any kind: ids of its own, other cells drawn."""
    table = clean(draw(st.sampled_from(KINDS)), draw(st.integers(2, 12)))
    for row in range(len(table.rows)):
        for column, heading in enumerate(table.headings):
            if column in table.dates:
                table = table.with_cell(
                    row, column, draw(st.one_of(DAYS, st.just("")) if column > 1 else DAYS)
                )
            elif heading in LABELS:
                table = table.with_cell(row, column, draw(LABELS[heading]))
            elif heading in ("First Name", "Last Name", "Course Name"):
                table = table.with_cell(row, column, draw(NAMES))
    return table


def core_rows(con: duckdb.DuckDBPyConnection, organisation: str) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for table in TABLES:
        described = con.execute(f"DESCRIBE {table.name}").fetchall()
        columns = ", ".join(f'"{row[0]}"' for row in described if row[0] not in VERBATIM)
        found[table.name] = con.execute(
            f"SELECT {columns} FROM {table.name} WHERE organisation_code = ? ORDER BY ALL", [organisation]
        ).fetchall()
    return found


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(table=extracts(), disguise=DISGUISES)
def test_a_disguised_extract_gives_the_same_canonical_rows(table: Table, disguise: Disguise) -> None:
    labels = tuple(i for i, h in enumerate(table.headings) if h in LABELS)
    plain = Disguise("utf-8", ",", "\n", 0, 0, 0, False, False, False, "dd-MON-yyyy", "as it is", "as it is")
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as con:
        for organisation, form in (("PLAIN", plain), ("OTHER", disguise)):
            folder = Path(scratch) / organisation
            folder.mkdir()
            path = disguised(table, labels, form, folder)
            landing.land_file(con, path, organisation, now=NOW, mappings=LocalMappings())
        core.build(con, TABLES, ["PLAIN", "OTHER"], {})
        expected, found = core_rows(con, "PLAIN"), core_rows(con, "OTHER")
        assert any(expected.values())
        assert found == expected
        assert ledger.discrepancies(con) == []
