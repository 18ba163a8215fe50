"""Writing an invented linkage population into the canonical tables, and the truth beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue
from wres_pipeline.synthetic.people import People
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    from evidence.linkage_population import Plan

Positions = npt.NDArray[np.int64]


def _numbers(positions: Positions | range) -> list[str]:
    return [f"{position + 10_000_000}" for position in positions]


def _columns(con: duckdb.DuckDBPyConnection, name: str, persons: People, more: dict[str, Any]) -> None:
    """Register the people and further columns as one relation."""
    import pyarrow as pa

    known = catalogue.ethnicities()
    held = more.pop("held")
    arrays: dict[str, Any] = {
        "first_name": persons.first_name,
        "last_name": persons.last_name,
        "date_of_birth": persons.date_of_birth,
        "ni_number": persons.ni_number,
        "email": persons.email,
        "postcode": persons.postcode,
        "gender": persons.gender,
        "ethnic_code": known.national[held],
        "ethnic_state": known.state[held],
        "wres_group": known.wres_group[held],
        **more,
    }
    labels = known.esr_label if name == "linkage_new_staff" else known.trac_label
    arrays["ethnic_origin"] = labels[held]
    con.register(name, pa.table({key: pa.array(value, from_pandas=True) for key, value in arrays.items()}))


def write_staff(
    con: duckdb.DuckDBPyConnection, staff: People, esr: Positions, hired: Any, honorary: Any, plan: Plan
) -> None:
    """The staff list, one row a person."""
    _columns(
        con,
        "linkage_new_staff",
        staff,
        {
            "held": esr,
            "employee_number": _numbers(range(len(staff))),
            "hire_date": hired,
            "honorary": honorary,
        },
    )
    for name in ("linkage_population_staff.sql", "linkage_population_staff_identities.sql"):
        con.execute(
            sql(__package__, name), {"organisation_code": plan.organisation_code, "as_at": plan.as_at}
        )
    con.unregister("linkage_new_staff")


def write_applications(
    con: duckdb.DuckDBPyConnection,
    applicants: People,
    trac: Positions,
    starts: Any,
    applied: Any,
    kinds: Any,
    flagged: Any,
    plan: Plan,
) -> None:
    """The appointed applications, one row each."""
    _columns(
        con,
        "linkage_new_applications",
        applicants,
        {
            "held": trac,
            "application_id": _application_ids(len(kinds)),
            "start_date": starts,
            "date_applied": applied,
            "withdrawn": kinds == "withdrawn",
            "is_internal": np.asarray(flagged, dtype=bool),
        },
    )
    for name in ("linkage_population_applications.sql", "linkage_population_applicants.sql"):
        con.execute(
            sql(__package__, name), {"organisation_code": plan.organisation_code, "as_at": plan.as_at}
        )
    con.unregister("linkage_new_applications")


def _application_ids(n: int) -> list[str]:
    return [f"APP-{i:08d}" for i in range(n)]


def write_truth(
    con: duckdb.DuckDBPyConnection,
    person: Positions,
    staff: int,
    kinds: Any,
    states: Any,
    ethnicity: Positions,
    plan: Plan,
) -> None:
    """Who is whom, one row an application."""
    import pyarrow as pa

    known = catalogue.ethnicities()
    numbers = [[f"{p + 10_000_000}"] if p < staff else [] for p in person.tolist()]
    table = pa.table(
        {
            "organisation_code": pa.array([plan.organisation_code] * len(person)),
            "application_id": pa.array(_application_ids(len(person))),
            "employee_numbers": pa.array(numbers, type=pa.list_(pa.string())),
            "state": pa.array(states),
            "kind": pa.array(kinds),
            "wres_group": pa.array(known.wres_group[ethnicity[person]]),
            "ethnic_code": pa.array(known.national[ethnicity[person]]),
        }
    )
    con.register("linkage_new_truth", table)
    con.execute("CREATE TABLE IF NOT EXISTS linkage_truth AS SELECT * FROM linkage_new_truth LIMIT 0")
    con.execute("INSERT INTO linkage_truth SELECT * FROM linkage_new_truth")
    con.unregister("linkage_new_truth")


def write_second_records(con: duckdb.DuckDBPyConnection, chosen: Positions, plan: Plan) -> None:
    """Give these members of staff an older second employee number, as rejoiners have: either is a true
    answer.
    """
    for name in ("second", "second_identity", "second_truth"):
        con.execute(
            sql(__package__, f"linkage_population_{name}.sql"),
            {"numbers": _numbers(chosen), "code": plan.organisation_code},
        )
