"""The files of deploy/: what they start exists, what they need is private, and the read-only UI is read only."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[3] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_service_runs_as_its_own_user_with_files_for_nobody_else_and_writes_where_it_must(
    path: Path,
) -> None:
    service = unit(path)["Service"]
    assert (service["User"], service["UMask"]) == ("wres", "0077")
    assert service["ProtectSystem"] == "strict" and service["NoNewPrivileges"] == "true"
    assert "/srv/wres" in service["ReadWritePaths"].split()
    assert service["EnvironmentFile"] == "/etc/wres/environment"


def test_the_web_ui_sees_the_socket_of_the_daemon_that_begins_the_runs_it_is_asked_to_end() -> None:
    """A service has a /tmp of its own; with another's, Terminate said "could not reach user code server"."""
    web, daemon = (unit(DEPLOY / "systemd" / f"wres-{name}.service") for name in ("webserver", "daemon"))
    assert web["Service"]["PrivateTmp"] == daemon["Service"]["PrivateTmp"] == "true"
    assert web["Unit"]["JoinsNamespaceOf"] == "wres-daemon.service"


def test_the_web_uis_listen_on_loopback_only_and_one_of_them_is_read_only() -> None:
    starts = {
        path.name: shlex.split(unit(path)["Service"]["ExecStart"])
        for path in UNITS
        if "webserver" in path.name
    }
    assert all(words[words.index("-h") + 1] == "127.0.0.1" for words in starts.values())
    assert [name for name, words in starts.items() if "--read-only" in words] == [
        "wres-webserver-readonly.service"
    ]


def test_every_option_that_is_given_to_dagster_is_one_it_has() -> None:
    from click import Context
    from dagster_webserver.cli import dagster_webserver

    known = {
        option
        for parameter in dagster_webserver.get_params(Context(dagster_webserver))
        for option in parameter.opts
    }
    compose = yaml.safe_load((DEPLOY / "docker" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    commands = [
        one["command"] for one in compose.values() if one.get("command", [""])[0] == "dagster-webserver"
    ]
    commands += [
        shlex.split(unit(path)["Service"]["ExecStart"])[1:] for path in UNITS if "webserver" in path.name
    ]
    given = {word for command in commands for word in command[1:] if word.startswith("-")}
    assert given and given <= known


def test_the_composed_services_share_one_image_hold_no_secret_and_open_no_port_to_the_world() -> None:
    text = (DEPLOY / "docker" / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    assert set(services) == {"postgres", "code", "webserver", "webserver-readonly", "daemon"}
    for name, one in services.items():
        assert all(str(port).startswith("127.0.0.1:") for port in one.get("ports", ())), name
        if name != "postgres":
            assert one["read_only"] is True and one["cap_drop"] == ["ALL"], name
    assert "PASSWORD:?" in text and not re.search(r"PASSWORD:\s*[\"']?[a-z0-9]{4,}", text)
    assert services["code"]["command"][-1] == "wres_pipeline.definitions"


def test_the_image_installs_the_locked_packages_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "docker" / "Dockerfile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install (.+?)(?:$| &&)", text, re.M)
    assert [words for words in installs if "--no-deps" not in words] == [
        "--no-cache-dir --require-hashes -r requirements-server.lock"
    ]
    assert re.findall(r"^USER (\w+)$", text, re.M)[-1] == "wres"
    root = DEPLOY.parent
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in re.findall(r"^COPY (.+)$", text, re.M):
        for source in line.split()[:-1]:
            assert (root / source).exists(), source
            given = {line[1:] for line in ignored if line.startswith("!")}
            assert any(source.removeprefix("./").startswith(place) for place in given), source
    assert ignored[1] == "*"


def test_a_server_has_the_packages_everybody_has_and_those_of_postgres() -> None:
    def pinned(name: str) -> set[str]:
        text = (DEPLOY.parent / name).read_text(encoding="utf-8")
        return {"".join(found) for found in re.findall(r"^([\w.-]+)(?:\[\w+\])?(==\S+)", text, re.M)}

    everybody, server = pinned("requirements.lock"), pinned("requirements-server.lock")
    assert everybody < server
    assert {line.partition("==")[0] for line in server - everybody} == {"dagster-postgres", "psycopg2-binary"}


def test_the_proxy_lets_nobody_in_without_a_session_and_nobody_launch_who_may_only_look() -> None:
    text = (DEPLOY / "proxy" / "apache-openidc.conf").read_text(encoding="utf-8")
    places = dict(re.findall(r"<Location (\S+)>(.*?)</Location>", text, re.S))
    assert set(places) == {"/", "/look"}
    assert all("AuthType openid-connect" in body and "Require claim" in body for body in places.values())
    assert "wres-lookers" not in places["/"]
    assert "Require all granted" not in text
    assert "127.0.0.1:3001/look" in text  # the lookers' server is the read-only one


def test_the_address_of_postgres_names_the_driver_that_dagster_postgres_brings() -> None:
    """SQLAlchemy takes another one where none is named, which is not installed."""
    files = [DEPLOY / "docker" / "compose.yaml", DEPLOY / "systemd" / "environment.example"]
    addresses = [
        found
        for file in files
        for found in re.findall(r"\bpostgresql\S*?://", file.read_text(encoding="utf-8"))
    ]
    assert addresses == ["postgresql+psycopg2://"] * 2


def test_dagsters_own_files_name_postgres_through_the_environment_and_one_code_location() -> None:
    home = yaml.safe_load((DEPLOY / "docker" / "dagster.yaml").read_text(encoding="utf-8"))
    assert home["storage"] == {"postgres": {"postgres_url": {"env": "WRES_POSTGRES_URL"}}}
    assert home["telemetry"] == {"enabled": False}
    location = yaml.safe_load((DEPLOY / "docker" / "workspace.yaml").read_text(encoding="utf-8"))["load_from"]
    assert location == [{"grpc_server": {"host": "code", "port": 4000, "location_name": "wres_pipeline"}}]


def test_every_service_has_its_dagster_home_made_before_it_starts() -> None:
    for path in UNITS:
        if path.name != "wres-backup.service":
            assert unit(path)["Service"]["ExecStartPre"].endswith("/wres home"), path.name


def test_a_home_in_the_checkout_and_one_in_the_image_are_as_safe_as_one_the_project_makes() -> None:
    def told(path: Path) -> dict[str, object]:
        found: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return found

    ours = told(DEPLOY.parent / "wres_pipeline" / "orchestration" / "dagster.yaml")
    assert told(DEPLOY.parent / "dagster.yaml") == ours
    docker = told(DEPLOY / "docker" / "dagster.yaml")
    assert docker.pop("storage") and docker == ours
