"""What the desk reads from the core tables: hand-made rows, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from wres_pipeline.commissioner import read
from wres_pipeline.commissioner.fair_process import EVERYBODY, INTERNATIONAL
from wres_pipeline.extracts.intake import landing
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years

RULES = years.load(2021)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = duckdb.connect()
    landing.create_tables(made)
    yield made
    made.close()


def insert(con: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def delivery(
    con: duckdb.DuckDBPyConnection, identity: str, kind: str, period: date | None, sequence: int = 1
) -> None:
    insert(
        con, "deliveries", delivery_id=identity, organisation_code="X01", kind=kind, period=period, sequence=sequence, file_name=f"{kind}.csv"
    )  # fmt: skip


def person(con: duckdb.DuckDBPyConnection, number: str, group: str, excluded: str = "") -> None:
    insert(
        con, "core_assignments", organisation_code="X01", snapshot_date=date(2021, 3, 31), employee_number=number,
        wres_group=group, exclusion_reason=excluded, chosen=True,
    )  # fmt: skip


def figures(workforce: dict[str, int], trained: dict[str, int]) -> list[Figure]:
    return [
        Figure(
            "X01",
            2021,
            indicator,
            measure,
            ethnic_group=group,
            value=number,
            unit="people",
            state="value" if number else "zero",
        )
        for indicator, measure, counts in (("1", "headcount", workforce), ("4", "accessed_training", trained))
        for group, number in counts.items()
    ]


def test_an_appraisal_counts_in_the_year_it_was_held_for_people_of_the_workforce(
    con: duckdb.DuckDBPyConnection,
) -> None:
    delivery(con, "a", "appraisals", date(2021, 3, 31))
    for number, group, excluded in (
        ("1", "White", ""),
        ("2", "BME", ""),
        ("3", "White", "bank"),
        ("4", "White", ""),
    ):
        person(con, number, group, excluded)
    for number, day in (
        ("1", date(2020, 4, 1)),
        ("2", date(2020, 3, 31)),
        ("3", date(2020, 6, 1)),
        ("4", date(2021, 3, 31)),
        ("9", date(2020, 6, 1)),
    ):
        insert(
            con,
            "core_appraisals",
            delivery_id="a",
            organisation_code="X01",
            as_at=date(2021, 3, 31),
            employee_number=number,
            last_appraisal=day,
        )
    found = read.development_counts(
        con, {"X01": figures({"White": 2, "BME": 1}, {"White": 0, "BME": 0})}, RULES
    )["X01"]
    assert {group: found.cells[("appraised", group)] for group in ("White", "BME", "Unknown", "")} == {
        "White": 2,
        "BME": 0,
        "Unknown": 0,
        "": 2,
    }
    assert found.cells[("workforce", "")] == 3


def test_without_an_appraisal_extract_nothing_is_counted(con: duckdb.DuckDBPyConnection) -> None:
    found = read.development_counts(con, {"X01": figures({"White": 2}, {"White": 1})}, RULES)["X01"]
    assert not found.has("appraised")
    assert not found.has("requested")
    assert found.has("taken")


def test_a_request_counts_once_a_person_and_an_approval_may_be_a_yes_or_a_date(
    con: duckdb.DuckDBPyConnection,
) -> None:
    delivery(con, "t", "training", date(2021, 3, 31))
    for number, group in (("1", "White"), ("2", "BME"), ("3", "White")):
        person(con, number, group)
    asked = [
        ("1", date(2020, 5, 1), "Y", False),
        ("1", date(2020, 6, 1), "N", False),
        ("2", date(2020, 7, 1), "14/08/2020", False),
        ("3", date(2020, 7, 1), "No", False),
        ("3", date(2020, 7, 1), "Y", True),  # mandatory
    ]
    for number, day, approved, mandatory in asked:
        insert(
            con, "core_training", delivery_id="t", organisation_code="X01", as_at=date(2021, 3, 31), employee_number=number,
            course="C", is_mandatory=mandatory, requested=day, approved=approved,
        )  # fmt: skip
    found = read.development_counts(con, {"X01": figures({"White": 2, "BME": 1}, {"White": 0})}, RULES)["X01"]
    assert [found.cells[("requested", group)] for group in ("White", "BME", "")] == [2, 1, 3]
    assert [found.cells[("approved", group)] for group in ("White", "BME", "")] == [1, 1, 2]


def application(con: duckdb.DuckDBPyConnection, number: str, as_at: date, stage: str, **more: object) -> None:
    flags = ["shortlisted", "interviewed", "offered", "appointed"]
    reached = {flag: stage in flags and flags.index(flag) <= flags.index(stage) for flag in flags}
    values = {
        "wres_group": "White",
        "reference_date": date(2020, 9, 1),
        "is_international": False,
        **reached,
        **more,
    }
    insert(con, "core_applications", organisation_code="X01", as_at=as_at, application_id=number, **values)


def test_the_funnel_takes_each_application_as_its_newest_delivery_shows_it(
    con: duckdb.DuckDBPyConnection,
) -> None:
    delivery(con, "r", "trac_applications", date(2021, 3, 31))
    early, late = date(2020, 9, 30), date(2021, 3, 31)
    application(con, "1", early, "shortlisted")
    application(con, "1", late, "appointed", start_date=date(2021, 3, 1))
    application(con, "2", early, "interviewed")  # deleted by TRAC since: it still counts
    application(con, "3", late, "applied")
    application(
        con, "4", late, "appointed", start_date=date(2021, 5, 1), wres_group="BME", is_international=True
    )
    application(con, "5", late, "appointed", shortlisted=False)  # never shortlisted: counted as applied
    application(con, "6", late, "appointed", reference_date=date(2019, 9, 1))
    found = read.funnels(con, ["X01"], RULES)["X01"]
    assert found is not None
    stages = ("applied", "shortlisted", "interviewed", "offered", "appointed", "started")
    assert [found.cells[(EVERYBODY, stage, "White")] for stage in stages] == [4, 2, 2, 1, 1, 1]
    assert [found.cells[(INTERNATIONAL, stage, "BME")] for stage in stages] == [1, 1, 1, 1, 1, 0]


def test_without_a_recruitment_extract_there_is_no_funnel(con: duckdb.DuckDBPyConnection) -> None:
    assert read.funnels(con, ["X01"], RULES)["X01"] is None


def test_only_the_newest_log_of_providers_counts(con: duckdb.DuckDBPyConnection) -> None:
    delivery(con, "old", "provider_returns", None, 1)
    delivery(con, "new", "provider_returns", None, 2)
    for identity, value in (("old", 10.0), ("new", 20.0)):
        insert(
            con, "core_provider_returns", delivery_id=identity, row_number=1, organisation_code="X01", provider_code="XTR",
            provider_name="T", year=2021, indicator="5", ethnic_group="White", percent=value, base=100, source="s", note="",
        )  # fmt: skip
    assert [one.percent for one in read.provider_log(con, ["X01"])["X01"]] == [20.0]


def test_national_results_are_in_the_direction_of_their_topic(con: duckdb.DuckDBPyConnection) -> None:
    delivery(con, "n", "staff_survey_organisations", None)
    for number, (question, measure, percent) in enumerate(
        [
            ("Q14a", "% Never", "88.5"),
            ("Q15", "Yes", "60"),
            ("Discrimination_public", "experienced", "2"),
            ("Q99", "Yes", "1"),
        ]
    ):
        insert(
            con, "raw_staff_survey_organisations", delivery_id="n", row_number=number, ods_code="11N", survey_year="2021",
            organisation_name="A body", benchmarking_group="CCGs", region="-", weighting="Occupation Group", question=question,
            measure=measure, percent=percent, base="221",
        )  # fmt: skip
    found = {one.topic: one for one in read.national_results(con, ["X01"])}
    assert {topic: one.percent for topic, one in found.items()} == {
        "harassment_public": 11.5,
        "career_progression": 60.0,
        "discrimination_public": 2.0,
    }
