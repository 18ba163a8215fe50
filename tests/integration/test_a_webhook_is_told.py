"""Slack and Teams as they are really spoken to: by HTTP, several things in one message, once, and again after they were dead.

Teams is known by its host, so its message goes over TLS to such a host, through a proxy of the test, as from a hospital's network.
"""

from __future__ import annotations

import json
import os
import select
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests import alert_servers
from tests.annual_run import ROOT
from wres_pipeline.orchestration import telling
from wres_pipeline.quality.alerts import AlertNotSentError, Channels
from wres_pipeline.quality.notices import Notice

LATE = Notice("late", "late/1", "X01: no esr staff list for February 2021 by 10 March 2021")
RUNS = [Notice("run", f"run/{n}", f"annual return of X0{n}, 2021, run {n}{n}{n}") for n in (1, 2)]
TODAY = date(2021, 3, 11)
TEAMS = "prod-07.uksouth.logic.azure.com"
SEND = """
from wres_pipeline.quality import alerts, notices
found = [notices.Notice("run", "a", "annual return of X01, 2021, run 1a2b3c4d"), notices.Notice("file", "b", "X01: training_2021-03-31.csv")]
channels = alerts.Channels(webhook_url="https://%s/workflows/1?sig=secret")
alerts.send_by(channels.ways[0], channels, notices.grouped(found))
print(*channels.ways)
"""


def test_slack_is_told_of_several_things_in_one_message_once_and_what_it_missed_when_it_is_back(
    tmp_path: Path,
) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance, alert_servers.hook() as hook:
        channels = Channels(webhook_url=f"http://127.0.0.1:{hook.port}/services/secret")

        def tell(*found: Notice) -> list[str]:
            return telling.tell(instance, channels, found, True, TODAY)

        hook.answer = 503
        with pytest.raises(AlertNotSentError, match="^webhook: it answered 503$"):
            tell(LATE)
        shown = telling.failing_channels(instance, channels.ways)["webhook"]
        assert shown.startswith("since ") and shown.endswith("webhook: it answered 503")
        assert "secret" not in shown
        hook.answer, hook.bodies = 200, []
        assert tell(LATE, *RUNS) == ["3 by webhook"]
        assert telling.failing_channels(instance, channels.ways) == {}
        assert tell(LATE, *RUNS) == []
        assert hook.bodies == [
            {
                "text": "WRES: 2 runs failed, a delivery is late\n\n2 runs failed:\n- annual return of X01, 2021, run 111\n"
                "- annual return of X02, 2021, run 222\nWhat to do: Open the run in the web UI, or start it again: what has been made "
                "stands.\n\nA delivery is late:\n- X01: no esr staff list for February 2021 by 10 March 2021\nWhat to do: Ask whoever exports "
                "it, and put it into the folder of extracts."
            }
        ]


def test_two_webhooks_are_both_told_once_and_a_dead_one_keeps_nothing_from_the_other(tmp_path: Path) -> None:
    with (
        dg.DagsterInstance.local_temp(str(tmp_path)) as instance,
        alert_servers.hook() as one,
        alert_servers.hook() as two,
    ):
        alone = Channels(webhook_url=f"http://127.0.0.1:{one.port}/a")
        assert telling.tell(instance, alone, RUNS, True, TODAY) == ["2 by webhook"]
        both = Channels(webhook_url=f"http://127.0.0.1:{one.port}/a\n  http://127.0.0.1:{two.port}/b")
        assert (
            telling.tell(instance, both, RUNS, True, TODAY) == []
        )  # what was told before there were two is no news

        def news(answer: int, *found: Notice) -> tuple[int, int, dict[str, str]]:
            one.answer, one.bodies, two.bodies = answer, [], []
            with suppress(AlertNotSentError):
                telling.tell(instance, both, [*RUNS, *found], True, TODAY)
            return len(one.bodies), len(two.bodies), telling.failing_channels(instance, both.ways)

        *tried, shown = news(503, LATE)
        assert (tried, list(shown)) == ([1, 1], ["webhook"])
        assert [body["text"].partition("\n")[0] for body in two.bodies] == ["WRES: a delivery is late"]
        *tried, shown = news(503, LATE)
        assert (tried, list(shown)) == ([1, 0], ["webhook"])
        assert news(200, LATE) == (1, 0, {})
        assert news(200, LATE) == (0, 0, {})


def _certificate(place: Path, host: str) -> Path:
    """A key and a certificate of a host that vouches for itself, in one file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = place / "host.pem"
    file.write_bytes(plain + made.public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def _proxy_to(port: int) -> Iterator[tuple[int, list[str]]]:
    """A proxy that leads every host to one port of this machine: (its port, the hosts it was asked for)."""
    asked: list[str] = []

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            asked.append(client.recv(4096).split()[1].decode())
            with client, socket.create_connection(("127.0.0.1", port)) as server:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    ready, _, _ = select.select([client, server], [], [], 10)
                    parts = [(each, each.recv(65536)) for each in ready]
                    if not ready or not all(part for _, part in parts):
                        break
                    for each, part in parts:
                        (server if each is client else client).sendall(part)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1], asked


def test_teams_is_sent_one_card_over_tls_through_a_proxy(tmp_path: Path) -> None:
    file = _certificate(tmp_path, TEAMS)
    with alert_servers.hook() as hook:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        hook.socket = context.wrap_socket(hook.socket, server_side=True)
        with _proxy_to(hook.port) as (port, asked):
            told = {
                **os.environ,
                "https_proxy": f"http://127.0.0.1:{port}",
                "SSL_CERT_FILE": str(file),
                "PYTHONPATH": str(ROOT),
            }
            sent = subprocess.run(
                [sys.executable, "-c", SEND % TEAMS], env=told, capture_output=True, text=True, timeout=60, check=False
            )  # fmt: skip
    assert (sent.stdout, sent.stderr) == ("Teams\n", "")
    assert asked == [f"{TEAMS}:443"]
    [body] = hook.bodies
    card: Any = body["attachments"][0]["content"]
    assert (body["type"], card["type"], json.dumps(body).count("secret")) == ("message", "AdaptiveCard", 0)
    assert [block["text"].partition("\n")[0] for block in card["body"]] == [
        "WRES: a run failed, a file was refused", "A run failed:", "A file was refused:",
    ]  # fmt: skip
