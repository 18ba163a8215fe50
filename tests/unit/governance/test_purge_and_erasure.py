"""What has been kept long enough goes, a person who asks goes; counts stay, and nothing of them is left in the file's bytes."""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from tests import small_extracts
from tests.killed import killed_at, lines_of
from wres_pipeline import schema, warehouse
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.governance import people, retention
from wres_pipeline.governance.people_tables import people_tables
from wres_pipeline.indicators import store
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.settings import Retention, Settings

CODE = "X09"
NONE = LocalMappings.load(None)
KEPT = Retention(identity_days=400, row_days=1096)
OURS = ("governance/rewriting.py", "governance/people.py", "governance/retention.py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Thirty invented staff landed, their canonical rows built, and the figures of 2021 kept."""
    place = tmp_path_factory.mktemp("people")
    settings = Settings(
        place / "extracts", place / "output", place / "w.duckdb", place / "home", retention=KEPT
    )
    small_extracts.write(settings.extracts / CODE)
    with warehouse.connect(settings.warehouse) as con:
        landing.land_folder(con, settings.extracts, None, now=datetime(2021, 5, 1), mappings=NONE)  # noqa: DTZ001
        core.build(con, [*core.CORE_TABLES, *core.IDENTITIES], [CODE], {})
        store.make(con, [CODE], 2021)
    return settings


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    """A copy of it to change."""
    shutil.copytree(made.extracts, tmp_path / "extracts")
    shutil.copyfile(made.warehouse, tmp_path / "w.duckdb")
    return Settings(
        tmp_path / "extracts", tmp_path / "output", tmp_path / "w.duckdb", tmp_path / "home", retention=KEPT
    )


def figures(settings: Settings) -> dict[object, str]:
    with warehouse.connect(settings.warehouse) as con:
        return {figure.key: figure.shown for figure in store.read(con, store.FIGURES, CODE, 2021)}


def purge(settings: Settings, today: date) -> list[Path]:
    with warehouse.connect(settings.warehouse) as con:
        wanted = retention.due(con, KEPT, today)
    return retention.purge(settings, wanted, today)


def particulars(n: int) -> list[str]:
    one = small_extracts.person(n)
    return [one.ni_number, one.email, one.last_name]


def left_in_the_bytes(place: Path, texts: list[str]) -> list[str]:
    held = place.read_bytes()
    return [text for text in texts if text.encode() in held]


def test_every_column_that_names_somebody_is_one_the_purge_and_the_erasure_know(made: Settings) -> None:
    with warehouse.connect(made.warehouse) as con:
        known = {column for t in people_tables(con) for column in (*t.particulars, *t.numbers, *t.free_text)}
        stored = con.execute(
            "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal "
            "AND NOT list_contains(?::VARCHAR[], table_name) AND (column_name LIKE '%name' "
            "OR column_name LIKE '%number' OR column_name LIKE '%mail%' OR column_name LIKE '%birth%' OR column_name LIKE '%post%')",
            [[table.name for table in schema.stored_tables() if not table.restricted]],
        ).fetchall()
    nobody = {
        "row_number", "file_name", "column_name", "check_name", "payroll_name", "provider_name", "organisation_name",
        "subject_name", "name",
    }  # fmt: skip
    assert {column for (column,) in stored} - known <= nobody


def test_nothing_is_due_before_its_time(settings: Settings) -> None:
    with warehouse.connect(settings.warehouse) as con:
        assert retention.due(con, KEPT, date(2022, 5, 5)) == []  # 400 days after 31 March 2021
        assert {d.what for d in retention.due(con, KEPT, date(2022, 5, 6))} == {retention.IDENTITIES}
        assert {d.what for d in retention.due(con, KEPT, date(2024, 4, 1))} == {retention.ROWS}


def test_particulars_past_their_time_are_gone_from_the_bytes_and_no_figure_moves(settings: Settings) -> None:
    before = figures(settings)
    everybody = [text for n in range(30) for text in particulars(n)]
    assert len(left_in_the_bytes(settings.warehouse, everybody)) > 60, "the search is of something"
    assert purge(settings, date(2022, 6, 1)) == []
    assert left_in_the_bytes(settings.warehouse, everybody) == []
    assert figures(settings) == before
    with warehouse.connect(settings.warehouse) as con:
        store.make(con, [CODE], 2021)
        assert retention.due(con, KEPT, date(2022, 6, 1)) == []
    assert figures(settings) == before
    assert settings.warehouse.stat().st_mode & 0o077 == 0


def test_a_file_read_anew_after_a_purge_does_not_bring_the_particulars_back(settings: Settings) -> None:
    purge(settings, date(2022, 6, 1))
    with warehouse.connect(settings.warehouse) as con:
        con.execute(
            'UPDATE deliveries SET reading = json_merge_patch(reading, \'{"read_with": "older rules"}\')'
        )
        landing.land_folder(con, settings.extracts, None, now=datetime(2022, 7, 1), mappings=NONE)  # noqa: DTZ001
        assert retention.blank_again(con, KEPT) > 0
        held = con.execute("SELECT count(*) FROM raw_esr_staff_list WHERE last_name IS NOT NULL").fetchall()
    assert held == [(0,)]


def test_rows_past_their_time_go_with_their_files_and_the_published_figures_stay(settings: Settings) -> None:
    before = figures(settings)
    gone = purge(settings, date(2024, 6, 1))
    assert "esr_staff_list_2021-03-31.csv" in {path.name for path in gone}
    assert left_in_the_bytes(settings.warehouse, [small_extracts.person(n).number for n in range(30)]) == []
    with warehouse.connect(settings.warehouse) as con:
        assert con.execute("SELECT count(*) FROM core_assignments").fetchall() == [(0,)]
        store.make(con, [CODE], 2021)  # a run of the year, or of the year after
    assert figures(settings) == before


def test_links_and_states_lose_their_numbers_with_the_last_row_that_has_them_and_stay_one_persons(
    settings: Settings,
) -> None:
    with warehouse.connect(settings.warehouse) as con:
        con.execute(
            "INSERT INTO linkage_links (organisation_code, as_at, application_id, employee_number, band) VALUES "
            "('X09', '2021-03-31', 'APP00021', '7000021', 'automatic'), ('X10', '2021-03-31', 'APP1', '7000021', 'automatic')"
        )
        con.execute(
            "INSERT INTO quality_gap_closed (organisation_code, as_at, employee_number) VALUES ('X09', '2021-03-31', '7000021')"
        )
    restricted = settings.output / CODE / "restricted"
    (restricted / "people").mkdir(parents=True)
    for name in ("texts-not-shown.csv", "people/export-2021-04-30.csv", "people/export-2024-05-30.csv"):
        (restricted / name).write_text("a person", encoding="utf-8")
    purge(settings, date(2022, 6, 1))
    with warehouse.connect(settings.warehouse) as con:
        assert con.execute(
            "SELECT count(*) FROM linkage_links WHERE employee_number = '7000021'"
        ).fetchall() == [(2,)]
    purge(settings, date(2024, 6, 1))
    with warehouse.connect(settings.warehouse) as con:
        links = con.execute(
            "SELECT application_id, employee_number, band FROM linkage_links ORDER BY organisation_code"
        ).fetchall()
        state = con.execute("SELECT employee_number FROM quality_gap_closed").fetchall()
    assert (
        links[0][0].startswith("purged-") and links[0][1].startswith("purged-") and links[0][2] == "automatic"
    )
    assert links[1] == ("APP1", "7000021", "automatic"), "another organisation's, which nothing was purged of"
    assert len({links[0][0], links[0][1]}) == 2
    assert state == [(links[0][1],)]
    assert left_in_the_bytes(settings.warehouse, ["APP00021"]) == []
    assert [path.name for path in restricted.rglob("*") if path.is_file()] == ["export-2024-05-30.csv"]


def test_a_person_is_found_by_a_number_with_all_that_hangs_on_it_and_nobody_else(made: Settings) -> None:
    one = small_extracts.person(21)
    with warehouse.connect(made.warehouse) as con:
        person = people.find(con, CODE, "employee_number", one.number)
        assert person is not None
        assert person.values("application_id") == ["APP00021"], "by the NI number both extracts hold"
        found = {held.table: held.rows for held in people.held(con, person)}
        export = people.export(con, person).decode("utf-8-sig")
        assert people.find(con, CODE, "employee_number", "no such number") is None
    assert {
        len(found[t]) for t in ("raw_esr_staff_list", "raw_trac_applications", "raw_employee_relations")
    } == {1}
    assert all(text in export for text in (*particulars(21), "Disciplinary"))
    assert not any(text in export for n in (20, 22) for text in particulars(n))


def test_somebody_erased_is_gone_from_the_bytes_and_every_figure_stays(settings: Settings) -> None:
    before = figures(settings)
    one = small_extracts.person(21)
    with warehouse.connect(settings.warehouse) as con:
        person = people.find(con, CODE, "email", one.email)
    assert person is not None
    changed = people.erase(settings.warehouse, person)
    assert changed["core_identities"] == 2, "as staff and as applicant"
    assert (
        left_in_the_bytes(settings.warehouse, [*particulars(21), one.number, "APP00021", "CASE00021"]) == []
    )
    assert left_in_the_bytes(settings.warehouse, [small_extracts.person(20).number]) != []
    with warehouse.connect(settings.warehouse) as con:
        store.make(con, [CODE], 2021)
        assert people.find(con, CODE, "email", one.email) is None
    assert figures(settings) == before


@pytest.mark.parametrize("act", ["purge", "erase"])
def test_a_purge_or_an_erasure_killed_at_any_line_leaves_the_old_warehouse_or_the_new_one(
    made: Settings, tmp_path: Path, act: str
) -> None:
    one, draw = small_extracts.person(21), random.Random(16)
    with warehouse.connect(made.warehouse) as con:
        person = people.find(con, CODE, "email", one.email)
    assert person is not None

    def again(place: Path) -> object:
        mine = Settings(place / "none", place / "output", place / "w.duckdb", place / "home", retention=KEPT)
        return people.erase(mine.warehouse, person) if act == "erase" else purge(mine, date(2022, 6, 1))

    def copied(name: str) -> Path:
        (tmp_path / name).mkdir()
        shutil.copyfile(made.warehouse, tmp_path / name / "w.duckdb")
        return tmp_path / name

    whole = copied("all")
    many = lines_of(lambda: again(whole), OURS)
    for line in draw.sample(range(1, many), 5):
        place = copied(str(line))
        assert killed_at(lambda place=place: again(place), OURS, line)
        with warehouse.connect(place / "w.duckdb") as con:
            rows = con.execute(
                "SELECT count(*), count(email) FROM core_identities WHERE employee_number IS NOT NULL"
            ).fetchall()[0]
        assert rows in ((30, 30), (30, 29) if act == "erase" else (30, 0)), line
        again(place)
        assert sorted(path.name for path in place.iterdir() if path.suffix != ".lock") == ["w.duckdb"], line
        assert left_in_the_bytes(place / "w.duckdb", particulars(21)) == []
        shutil.rmtree(place)
