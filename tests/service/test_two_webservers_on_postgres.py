"""Dagster's storage in Postgres, as deploy/docker has it: one code location, two web servers, of which one only looks, and a daemon.

Skipped, with the reason, where Postgres or the optional package `dagster-postgres` is not installed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests import small_extracts
from tests.service.real_service import BIN, LOCATION, ROOT, Service, a_free_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ABSENT = [
    *([] if PROGRAMS else ["Postgres (Debian: postgresql)"]),
    *([] if importlib.util.find_spec("dagster_postgres") else ["dagster-postgres (the extra `postgres`)"]),
]
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"not on this machine: {', '.join(ABSENT)}")
WHERE_RUNS_ARE = "SELECT count(*) FROM runs"


def _as_postgres(*words: str) -> list[str]:
    """Postgres refuses to be started by root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database of a server of its own."""
    place, port, bin_ = Path(tempfile.mkdtemp(prefix="wres-postgres-")), a_free_port(), PROGRAMS[-1]
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": "/"}
    control = [str(bin_ / "pg_ctl"), "-D", f"{place}/data", "-w"]
    subprocess.run(
        _as_postgres(str(bin_ / "initdb"), "-D", f"{place}/data", "-A", "trust", "-U", "wres", "-N"), **quiet
    )  # type: ignore[call-overload]
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run(_as_postgres(*control, "-o", options, "-l", f"{place}/log", "start"), **quiet)  # type: ignore[call-overload]
    try:
        subprocess.run([bin_ / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "wres", "wres"], **quiet)  # type: ignore[call-overload]
        yield f"postgresql://wres@127.0.0.1:{port}/wres"
    finally:
        subprocess.run(_as_postgres(*control, "-m", "immediate", "stop"), **quiet)  # type: ignore[call-overload]
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def both(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Service]]:
    """(the web server of the data team, that of the lookers), with one daemon."""
    place = tmp_path_factory.mktemp("postgres")
    told = {"WRES_POSTGRES_URL": database.replace("postgresql:", "postgresql+psycopg2:")}
    team, lookers = Service(place / "wres", more=told), Service(place / "look", more=told, path="/look")
    small_extracts.write(team.place / "extracts" / "X01", without=("staff_survey",))
    team.home.mkdir()
    shutil.copy(ROOT / "deploy" / "docker" / "dagster.yaml", team.home / "dagster.yaml")
    code = a_free_port()
    server = {"host": "127.0.0.1", "port": code, "location_name": LOCATION}
    workspace = team.home / "workspace.yaml"
    workspace.write_text(yaml.safe_dump({"load_from": [{"grpc_server": server}]}), encoding="utf-8")
    program, at = str(BIN / "dagster-webserver"), ["-w", str(workspace), "-h", "127.0.0.1", "-p"]
    team.start(str(BIN / "dagster"), "code-server", "start", "-h", "127.0.0.1", "-p", str(code), "-m", LOCATION, home=True)  # fmt: skip
    team.start(program, *at, str(team.port), home=True)
    team.start(program, *at, str(lookers.port), "--path-prefix", "/look", "--read-only", home=True)
    team.start(str(BIN / "dagster-daemon"), "run", "-w", str(workspace), home=True)
    try:
        team.wait_for_the_ui()
        lookers.wait_for_the_ui()
        yield team, lookers
    finally:
        team.kill()


def test_what_the_daemon_launches_is_seen_by_both_and_stands_in_postgres(
    both: tuple[Service, Service], database: str
) -> None:
    team, lookers = both
    landed = team.until(
        "a landing", lambda: [r for r in team.runs("land_new_extracts") if r["status"] == "SUCCESS"]
    )
    assert lookers.status(landed[0]["runId"]) == "SUCCESS"
    counted = subprocess.run(
        [PROGRAMS[-1] / "psql", database, "-Atc", WHERE_RUNS_ARE], capture_output=True, text=True, check=True
    )
    assert int(counted.stdout) >= 1
    assert not list(team.home.rglob("*.db")), "nothing may stand in SQLite files beside it"


def test_the_web_server_of_the_lookers_refuses_every_launch_and_the_other_takes_it(
    both: tuple[Service, Service],
) -> None:
    team, lookers = both
    before = {run["runId"] for run in team.runs()}
    for refused in (
        lookers.launch("deadline_calendar", "X01", "2021"),
        lookers.backfill(["X01|2021"], ["figures"]),
    ):
        assert refused["__typename"] == "UnauthorizedError", refused
    launched = team.launch("deadline_calendar", "X01", "2021")["run"]["runId"]
    assert launched not in before and team.ended(launched) == "SUCCESS"
    assert (team.place / "output" / "X01" / "deadlines" / "deadlines.ics").exists()
