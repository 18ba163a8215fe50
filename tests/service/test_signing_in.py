"""The proxy of `deploy/proxy` in front of both web servers, with an identity provider of the test: who may come in, look and launch.

Everything listens on loopback. Skipped, with the reason, where Apache with mod_auth_openidc or the provider is not installed.
"""

from __future__ import annotations

import http.client
import json
import shutil
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests import small_extracts
from tests.service.real_service import LAUNCH, LOCATION, ROOT, Service, a_free_port, unit_command

MODULES = Path("/usr/lib/apache2/modules")
ABSENT = [
    *([] if shutil.which("apache2") else ["Apache (Debian: apache2)"]),
    *([] if (MODULES / "mod_auth_openidc.so").exists() else ["Debian's libapache2-mod-auth-openidc"]),
    *([] if shutil.which("oidc-provider-mock") else ["the program oidc-provider-mock of the package of that name"]),
]  # fmt: skip
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"not on this machine: {', '.join(ABSENT)}")
NEEDED = (
    "mpm_event", "authn_core", "authz_core", "authz_user", "ssl", "socache_shmcb", "proxy", "proxy_http", "proxy_wstunnel",
    "alias", "rewrite", "headers", "auth_openidc",
)  # fmt: skip
GROUPS = {"team": ["wres-data-team"], "looker": ["wres-lookers"], "stranger": ["catering"]}
SERVER = """\
ServerRoot {place}
PidFile {place}/apache.pid
ErrorLog {place}/apache.log
User www-data
Group www-data
{modules}
Listen 127.0.0.1:{plain}
Listen 127.0.0.1:{port}
Include {place}/site.conf
"""
SECRETS = """\
OIDCProviderMetadataURL http://127.0.0.1:{provider}/.well-known/openid-configuration
OIDCClientID wres
OIDCClientSecret secret-of-the-test
OIDCCryptoPassphrase passphrase-of-the-test
"""


@dataclass
class Site:
    """The proxy with both web servers behind it, as its address and that of the provider."""

    place: Path
    address: str
    provider: str


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Browser:
    """Somebody at a browser, who keeps cookies."""

    def __init__(self, site: Site) -> None:
        self.site, self.jar = site, CookieJar()
        unchecked = ssl.create_default_context()
        unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE  # its certificate is its own
        handlers = (
            urllib.request.HTTPSHandler(context=unchecked),
            urllib.request.HTTPCookieProcessor(self.jar),
        )
        self.follows = urllib.request.build_opener(*handlers)
        self.stays = urllib.request.build_opener(*handlers, _Stay)

    def _page(self, path: str) -> urllib.request.Request:
        return urllib.request.Request(f"{self.site.address}{path}", headers={"Accept": "text/html"})

    def get(self, path: str) -> tuple[int, str]:
        """(status, where it sends one, or else what it says)."""
        try:
            with self.stays.open(self._page(path), timeout=60) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Location", "")

    def sign_in(self, name: str, path: str) -> int:
        """Go to a page, choose who one is at the provider, and come back; the status of what is shown at the end."""
        with self.follows.open(self._page(path), timeout=60) as asked:
            assert asked.url.startswith(self.site.provider), asked.url
            form = urllib.request.Request(asked.url, urllib.parse.urlencode({"sub": name}).encode())
        try:
            with self.follows.open(form, timeout=60) as shown:
                return int(shown.status)
        except urllib.error.HTTPError as error:
            return error.code

    def launch(self, path: str) -> str:
        """Launch a job at a web server; the name of the answer, or the status where none was given."""
        selector = {
            "repositoryLocationName": LOCATION,
            "repositoryName": "__repository__",
            "jobName": "deadline_calendar",
        }
        params = {"selector": selector, "runConfigData": {}, "mode": "default"}
        request = urllib.request.Request(
            f"{self.site.address}{path}/graphql",
            json.dumps({"query": LAUNCH, "variables": {"p": params}}).encode(),
            {"Content-Type": "application/json", "X-Requested-With": "XMLHttpRequest"},
        )
        try:
            with self.stays.open(request, timeout=60) as answer:
                return str(json.loads(answer.read())["data"]["launchRun"]["__typename"])
        except urllib.error.HTTPError as error:
            return str(error.code)

    def opens_a_socket(self, path: str) -> int:
        """The status of the answer to a web socket that is asked for; 101 where it is open."""
        place = urllib.parse.urlsplit(self.site.address)
        unchecked = ssl.create_default_context()
        unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
        line = http.client.HTTPSConnection(place.hostname or "", place.port, context=unchecked, timeout=30)
        told = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Protocol": "graphql-ws",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Cookie": "; ".join(f"{c.name}={c.value}" for c in self.jar),
        }  # fmt: skip
        line.request("GET", f"{path}/graphql", headers=told)
        try:
            return line.getresponse().status
        finally:
            line.close()


def _site_of_the_project(place: Path, port: int, plain: int, team: int, lookers: int) -> str:
    """The site of `deploy/proxy`, with the ports, the name and the files of this place and nothing else changed."""
    text = (ROOT / "deploy" / "proxy" / "apache-openidc.conf").read_text(encoding="utf-8")
    for ours, here in (
        ("*:80>", f"*:{plain}>"), ("*:443>", f"*:{port}>"), ("https://wres.example.nhs.uk", f"https://127.0.0.1:{port}"),
        ("wres.example.nhs.uk", "127.0.0.1"), ("/etc/ssl/certs/wres.pem", f"{place}/wres.pem"), ("/etc/ssl/private/wres.key", f"{place}/wres.key"),
        ("/etc/apache2/wres-openidc.conf", f"{place}/secrets.conf"), ("127.0.0.1:3000/", f"127.0.0.1:{team}/"), ("127.0.0.1:3001/", f"127.0.0.1:{lookers}/"),
    ):  # fmt: skip
        assert ours in text, ours
        text = text.replace(ours, here)
    return text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    place = tmp_path_factory.mktemp("signing_in")
    service, look = Service(place / "wres"), Service(place / "look", path="/look")
    small_extracts.write(service.place / "extracts" / "X01")
    port, plain, provider = (a_free_port() for _ in range(3))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "1",
         "-keyout", place / "wres.key", "-out", place / "wres.pem"], check=True, capture_output=True,
    )  # fmt: skip
    (place / "secrets.conf").write_text(SECRETS.format(provider=provider), encoding="utf-8")
    (place / "site.conf").write_text(
        _site_of_the_project(place, port, plain, service.port, look.port), encoding="utf-8"
    )
    modules = "\n".join(f"LoadModule {n}_module {MODULES}/mod_{n}.so" for n in NEEDED)
    (place / "apache.conf").write_text(
        SERVER.format(place=place, modules=modules, plain=plain, port=port), encoding="utf-8"
    )
    subprocess.run(["apache2", "-t", "-f", place / "apache.conf"], check=True, capture_output=True)
    users = [{"sub": name, "preferred_username": name, "groups": groups} for name, groups in GROUPS.items()]
    claims = [word for user in users for word in ("--user-claims", json.dumps(user))]
    try:
        service.start(*unit_command("wres-webserver.service", "ExecStartPre"), home=True)
        service.processes[-1].wait(60)
        for name, at in (
            ("wres-webserver.service", service.port),
            ("wres-webserver-readonly.service", look.port),
        ):
            words = [str(at) if word in {"3000", "3001"} else word for word in unit_command(name)]
            service.start(*words, home=True)
        service.start("oidc-provider-mock", "--port", str(provider), *claims)
        service.start("apache2", "-DFOREGROUND", "-f", str(place / "apache.conf"))
        service.wait_for_the_ui()
        made = Site(place, f"https://127.0.0.1:{port}", f"http://127.0.0.1:{provider}")
        service.until("the proxy", lambda: Browser(made).get("/")[0])
        service.until("the provider", lambda: urllib.request.urlopen(made.provider, timeout=5).status)
        look.wait_for_the_ui()
        yield made
    finally:
        service.kill()


REFUSED = (401, 403)


@pytest.mark.parametrize("path", ["", "/look"])
def test_without_a_session_nothing_is_shown_answered_or_opened(site: Site, path: str) -> None:
    nobody = Browser(site)
    status, goes = nobody.get(f"{path}/")
    assert status == 302 and goes.startswith(f"{site.provider}/"), goes
    assert nobody.launch(path) == "401"
    assert nobody.opens_a_socket(path) in (302, *REFUSED)


def test_a_cookie_nobody_was_given_opens_nothing(site: Site) -> None:
    invented = Browser(site)
    invented.get("/")
    for cookie in invented.jar:
        cookie.name = "mod_auth_openidc_session"
    assert invented.launch("") == "401"


def test_the_data_team_comes_in_sees_what_changes_and_launches(site: Site) -> None:
    member = Browser(site)
    assert member.sign_in("team", "/runs") == 200
    assert member.get("/runs")[0] == 200
    assert member.opens_a_socket("") == 101
    assert member.launch("") == "LaunchRunSuccess"


def test_who_may_only_look_sees_the_read_only_web_server_which_refuses_a_launch(site: Site) -> None:
    looker = Browser(site)
    assert looker.sign_in("looker", "/look/runs") == 200
    assert looker.opens_a_socket("/look") == 101
    assert looker.launch("/look") == "UnauthorizedError"
    assert looker.get("/runs")[0] in REFUSED
    assert looker.launch("") in [str(status) for status in REFUSED]
    assert looker.opens_a_socket("") in REFUSED


def test_who_is_in_neither_group_comes_nowhere(site: Site) -> None:
    stranger = Browser(site)
    assert stranger.sign_in("stranger", "/look/runs") in REFUSED
    for path in ("/runs", "/look/runs"):
        assert stranger.get(path)[0] in REFUSED


def test_an_address_that_is_not_encrypted_leads_to_the_one_that_is(site: Site) -> None:
    text = (site.place / "site.conf").read_text(encoding="utf-8")
    plain = text.partition("<VirtualHost *:")[2].partition(">")[0]
    line = http.client.HTTPConnection("127.0.0.1", int(plain), timeout=30)
    line.request("GET", "/runs")
    answer = line.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"{site.address}/runs")
