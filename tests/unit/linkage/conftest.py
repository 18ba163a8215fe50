"""A few applications and members of staff, written straight into the canonical tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.people_rows import put_all
from wres_pipeline import linkage, schema

AS_AT = date(2021, 3, 31)
PERSON: dict[str, Any] = {
    "first_name": "Katherine",
    "last_name": "Okafor-Smith",
    "date_of_birth": date(1980, 4, 9),
    "ni_number": "AC123456B",
    "email": "kate@example.nhs.uk",
    "postcode": "ZZ1 2AB",
}


class PublishedInformation:
    """Tables of one organisation, and the links made of them."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._rows: list[tuple[str, dict[str, Any]]] = []
        schema.bring_up(con)

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection, with every row in its table."""
        put_all(self._con, self._rows)
        self._rows.clear()
        return self._con

    def staff(self, employee_number: str, **changes: Any) -> None:
        """A member of staff as ESR holds them: PERSON, with changes."""
        base = {
            "organisation_code": "X01",
            "snapshot_date": AS_AT,
            "employee_number": employee_number,
            "hire_date": date(2020, 9, 7),
            "ethnic_state": "declared",
            "ethnic_code": "A",
            "wres_group": "White",
            "counted": True,
            "exclusion_reason": "",
            "delivery_id": "d1",
        }
        self._rows.append(("core_staff", base | PERSON | changes))

    def application(self, application_id: str, **changes: Any) -> None:
        """An appointed application of PERSON, with changes."""
        person = PERSON | changes
        row = {
            "organisation_code": "X01",
            "as_at": AS_AT,
            "application_id": application_id,
            "appointed": True,
            "withdrawn": False,
            "start_date": date(2020, 9, 7),
            "date_applied": date(2020, 6, 1),
            "source": "TRAC",
            "is_internal": False,
            "ethnic_state": "declared",
            "ethnic_code": "A",
            "wres_group": "White",
            "delivery_id": "d2",
        }
        self._rows.append(("core_applications", row | person))

    def link(self, **options: Any) -> dict[str, tuple[str | None, str, str]]:
        """application id → (employee number, method, band)."""
        linkage.link(self.con, "X01", AS_AT, **options)
        rows = self.con.execute(
            "SELECT application_id, employee_number, method, band FROM linkage_links"
        ).fetchall()
        return {row[0]: tuple(row[1:]) for row in rows}

    def linked(self, **changes: Any) -> tuple[str | None, str, str]:
        """How the application of PERSON with changes is linked, when ESR holds PERSON and somebody else."""
        self.staff("100")
        self.staff(
            "200",
            first_name="Ola",
            last_name="Nowak",
            date_of_birth=date(1991, 1, 2),
            ni_number="BC222222A",
            email="ola@example.nhs.uk",
            postcode="ZZ8 8ZZ",
        )
        self.application("A1", **changes)
        return self.link()["A1"]


@pytest.fixture
def world() -> Iterator[PublishedInformation]:
    con = duckdb.connect(":memory:")
    yield PublishedInformation(con)
    con.close()


@pytest.fixture
def as_at() -> date:
    return AS_AT


@pytest.fixture
def make_world() -> Callable[[], PublishedInformation]:
    return lambda: PublishedInformation(duckdb.connect(":memory:"))
