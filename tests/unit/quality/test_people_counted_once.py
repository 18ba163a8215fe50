"""A person who stands twice among those counted is seen: rows and people of the expectation, by hand."""

from __future__ import annotations

from datetime import date

import duckdb

from wres_pipeline.schema.database import sql


def test_a_person_counted_twice_is_two_rows_and_one_person() -> None:
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE core_workforce (organisation_code VARCHAR, employee_number VARCHAR, snapshot_date DATE, counted BOOLEAN)"
    )
    con.execute(
        "INSERT INTO core_workforce VALUES ('X01', '1', '2021-03-31', TRUE), ('X01', '1', '2021-03-31', TRUE), "
        "('X01', '2', '2021-03-31', TRUE), ('X01', '2', '2021-03-31', FALSE), ('X01', '2', '2020-03-31', TRUE)"
    )
    given = {"snapshot": date(2021, 3, 31), "organisations": ["X01"]}
    assert con.execute(sql("wres_pipeline.quality", "expect_people_once.sql"), given).fetchall() == [
        ("X01", "", 3, 2)
    ]
