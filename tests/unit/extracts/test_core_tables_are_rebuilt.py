"""Core rows are made again when a delivery is new, was delivered again, or is read under other rules; else left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.local import LocalMappings

HEADER = "Employee Number,Assignment Number,Ethnic Origin,Staff Group,Pay Scale\n"
ASSIGNMENTS = core.CORE_TABLES[0]


class Body:
    """One organisation's folder and warehouse."""

    def __init__(self, place: Path, con: duckdb.DuckDBPyConnection) -> None:
        self.place, self.con = place, con
        (place / "X01").mkdir()

    def deliver(self, name: str, *people: str) -> None:
        (self.place / "X01" / name).write_text(HEADER + "".join(f"{p}\n" for p in people), encoding="utf-8")
        landing.land_folder(self.con, self.place, None, now=datetime(2021, 4, 6), mappings=LocalMappings())

    def build(self, own: LocalMappings | None = None) -> int:
        return core.build(self.con, [ASSIGNMENTS], ["X01"], {"X01": own or LocalMappings()})[ASSIGNMENTS.name]

    def rows(self, columns: str = "employee_number") -> list[tuple[object, ...]]:
        return self.con.execute(f"SELECT {columns} FROM core_assignments ORDER BY ALL").fetchall()


@pytest.fixture
def body(tmp_path: Path) -> Iterator[Body]:
    with duckdb.connect(":memory:") as con:
        yield Body(tmp_path, con)


def person(number: str, scale: str = "Band 5", group: str = "Estates and Ancillary") -> str:
    return f"{number},{number}-1,A,{group},{scale}"


def test_nothing_is_made_twice(body: Body) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"), person("2"))
    assert (body.build(), body.build()) == (1, 0)
    assert body.rows() == [("1",), ("2",)]


def test_only_what_is_new_is_made(body: Body) -> None:
    body.deliver("esr_staff_list_2020-03-31.csv", person("1"))
    body.build()
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"), person("2"))
    assert body.build() == 1
    assert body.rows() == [("1",), ("1",), ("2",)]


def test_a_period_delivered_again_replaces_its_rows(body: Body) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"), person("2"))
    body.build()
    body.deliver("esr_staff_list_2021-03-31_v2.csv", person("2"), person("3"))
    assert body.build() == 1
    assert body.rows() == [("2",), ("3",)]
    assert len(body.con.execute("SELECT * FROM deliveries").fetchall()) == 2


def test_a_period_whose_second_file_is_gone_has_the_rows_of_the_first_again(body: Body) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"), person("2"))
    body.build()
    body.deliver("esr_staff_list_2021-03-31_v2.csv", person("3"))
    body.build()
    (body.place / "X01" / "esr_staff_list_2021-03-31_v2.csv").unlink()
    landing.land_folder(body.con, body.place, None, now=datetime(2021, 4, 7), mappings=LocalMappings())
    body.build()
    assert body.rows() == [("1",), ("2",)]


def test_a_new_mapping_places_what_stood_unmapped(body: Body) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1", scale="Spot salary 7"))
    body.build()
    assert body.rows("band") == [("Unmapped",)]
    assert body.build(LocalMappings(pay_scales={"spot salary 7": "Band 7"})) == 1
    assert body.rows("band") == [("Band 7",)]
    assert body.build(LocalMappings(pay_scales={"spot salary 7": "Band 7"})) == 0


def test_every_kind_of_mapping_is_part_of_the_rules() -> None:
    plain = core.rules_fingerprint(LocalMappings())
    kinds = LocalMappings.__dataclass_fields__
    changed = {core.rules_fingerprint(LocalMappings(**{kind: {"a": "b"}})) for kind in kinds}
    assert len(changed) == len(kinds) and plain not in changed


def test_a_quarantined_row_stays_out_of_core(body: Body) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"), person("1"), person(""))
    body.build()
    assert body.rows() == [("1",)]
    assert body.con.execute("SELECT rows_in, rows_accepted, rows_quarantined FROM deliveries").fetchall() == [
        (3, 1, 2)
    ]


@pytest.mark.parametrize(
    ("name", "text", "table"),
    [
        ("training_2021-03-31.csv", "Employee Number,Course Name,Mandatory,Completion Date\n17,Coaching,N,01-SEP-2020\n,Coaching,N,02-SEP-2020\n", "core_training"),
        ("staff_survey_respondents_2020.csv", "Respondent ID,Ethnic Group,Q13a\nR1,White,Never\nR2,White,Never,x,y\n", "core_survey_respondents"),
    ],
)  # fmt: skip
def test_a_rejected_row_of_any_kind_stays_out_of_core(
    tmp_path: Path, name: str, text: str, table: str
) -> None:
    (tmp_path / "X01").mkdir()
    (tmp_path / "X01" / name).write_text(text, encoding="utf-8")
    with duckdb.connect(":memory:") as con:
        landing.land_folder(con, tmp_path, None, now=datetime(2021, 4, 6), mappings=LocalMappings())
        core.build(con, core.CORE_TABLES, ["X01"], {"X01": LocalMappings()})
        assert con.execute("SELECT rows_accepted, rows_quarantined FROM deliveries").fetchall() == [(1, 1)]
        assert con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(1,)]  # noqa: S608


def test_a_build_that_fails_leaves_the_old_rows_whole(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"))
    body.build()
    body.deliver("esr_staff_list_2021-03-31_v2.csv", person("2"))
    with monkeypatch.context() as broken:
        broken.setattr(core.core_texts, "resolve", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            body.build()
    assert body.rows() == [("1",)]
    assert body.build() == 1
    assert body.rows() == [("2",)]


def test_another_organisations_rows_are_left_alone(body: Body) -> None:
    body.deliver("esr_staff_list_2021-03-31.csv", person("1"))
    body.build()
    (body.place / "X02").mkdir()
    (body.place / "X02" / "esr_staff_list_2021-03-31.csv").write_text(HEADER + person("9"), encoding="utf-8")
    landing.land_folder(body.con, body.place, None, now=datetime(2021, 4, 6), mappings=LocalMappings())
    assert core.build(body.con, [ASSIGNMENTS], ["X02"], {})[ASSIGNMENTS.name] == 1
    assert body.rows("organisation_code, employee_number") == [("X01", "1"), ("X02", "9")]
