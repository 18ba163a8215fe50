"""Word of an opening or a closing gap, received by servers that the tests start themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import alert_servers
from tests.alert_servers import Hook, Mailbox
from wres_pipeline.quality import alerts
from wres_pipeline.quality.alerts import AlertNotSentError, Channels, Message
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.quality.trac_to_esr.gap import GapAccount
from wres_pipeline.reference import gap as reference

NOVEMBER = date(2020, 11, 1)
BROKEN = Break("break", NOVEMBER, (NOVEMBER,), 0.94, 0.06, statistic=120.0, sure=True)
UNSURE = Break("break", NOVEMBER, (NOVEMBER,), 0.94, 0.8, statistic=12.0)
WHOLE = Break("no_break")
REPAIRED = Break(
    "repaired", NOVEMBER, (NOVEMBER,), 0.94, 0.06, date(2021, 2, 1), (date(2021, 2, 1),), 90.0, sure=True
)
FEW = Break("too_few")
STATES = {s.state: 0 for s in reference.states()} | {
    "missing_in_esr": 1030,
    "not_stated_in_esr": 4,
    "conflict": 1,
}
ACCOUNT = GapAccount("X01", date(2021, 3, 31), STATES, (), None)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with alert_servers.mailbox() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Hook]:
    with alert_servers.hook() as server:
        yield server


def to(mailbox: Mailbox | None = None, hook: Hook | None = None) -> Channels:
    port = mailbox.port if mailbox else 25
    return Channels(
        email_to=("data@x01.example.nhs.uk", "people@x01.example.nhs.uk") if mailbox else (),
        email_from="wres@x01.example.nhs.uk",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_starttls=False,
        webhook_url=f"http://127.0.0.1:{hook.port}/secret-path" if hook else "",
    )


STORY = [(FEW, None), (WHOLE, None), (UNSURE, None), (BROKEN, "opened"), (BROKEN, None), (UNSURE, None), (FEW, None),
         (REPAIRED, "closed"), (REPAIRED, None), (BROKEN, "opened"), (WHOLE, "closed"), (WHOLE, None)]  # fmt: skip


def test_word_is_sent_once_per_opening_and_once_when_it_closes() -> None:
    state, told = "", []
    for found, _ in STORY:
        what, state = alerts.news(state, found)
        told.append(what)
    assert told == [what for _, what in STORY]


def test_the_message_of_an_opening_has_the_month_the_shares_and_the_counts() -> None:
    made = alerts.message("opened", BROKEN, ACCOUNT, "NHS Tamar and Moor", "data-quality/2021-03/index.html")
    assert made.subject == "NHS Tamar and Moor: ethnicity declared in TRAC has stopped arriving in ESR"
    for part in (
        "November 2020",
        "94% of them",
        "6% of them",
        "1,034 applications",
        "1,035 applications",
        "2021-03-31",
    ):
        assert part in made.text


def test_the_message_of_a_closing_says_from_when_it_arrives_again() -> None:
    made = alerts.message("closed", REPAIRED, ACCOUNT, "NHS Tamar and Moor")
    assert "arriving in ESR again for people who started from February 2021" in made.text


def test_a_letter_reaches_the_mail_server(mailbox: Mailbox) -> None:
    alerts.send_by("email", to(mailbox), Message("Word", "of the gap"))
    assert "Subject: Word" in mailbox.letters[0]
    assert "To: data@x01.example.nhs.uk, people@x01.example.nhs.uk" in mailbox.letters[0]
    assert "of the gap" in mailbox.letters[0]


def test_a_text_reaches_the_webhook(hook: Hook) -> None:
    alerts.send_by("webhook", to(hook=hook), Message("Word", "of the gap"))
    assert hook.bodies == [{"text": "Word\n\nof the gap"}]


def test_teams_gets_a_card_and_slack_a_text() -> None:
    what = Message("Word", "one\n\ntwo")
    card: Any = alerts.webhook_body("prod-01.westeurope.logic.azure.com", what)
    blocks = card["attachments"][0]["content"]["body"]
    assert [block["text"] for block in blocks] == ["Word", "one", "two"]
    assert alerts.webhook_body("hooks.slack.com", what) == {"text": "Word\n\none\n\ntwo"}


def test_every_webhook_is_a_way_with_a_name_people_know_it_by() -> None:
    slack, teams = "https://hooks.slack.com/services/T0/B0", "https://prod-01.westeurope.logic.azure.com/w"
    told = Channels(webhook_url=f"{slack} {teams} {slack}x https://chat.example.nhs.uk/ https://[")
    assert told.ways == ("Slack", "Teams", "Slack 2", "webhook", "webhook 2")
    assert told.webhooks["Slack 2"] == f"{slack}x"
    with pytest.raises(AlertNotSentError, match="^webhook 2: it could not be reached"):
        alerts.send_by("webhook 2", told, Message("a", "b"))


def test_there_is_no_way_while_nothing_is_set() -> None:
    assert not Channels().ways


def test_a_webhook_that_fails_is_said_without_its_address(hook: Hook) -> None:
    hook.answer = 500
    with pytest.raises(AlertNotSentError, match="^webhook: it answered 500$") as error:
        alerts.send_by("webhook", to(hook=hook), Message("Word", "text"))
    assert "secret-path" not in str(error.value)


def test_a_mail_server_that_refuses_is_said_without_an_address(mailbox: Mailbox) -> None:
    mailbox.refuse = True
    with pytest.raises(AlertNotSentError, match="did not take it") as error:
        alerts.send_by("email", to(mailbox), Message("Word", "text"))
    assert "@" not in str(error.value)


def test_a_webhook_without_encryption_is_refused() -> None:
    with pytest.raises(AlertNotSentError, match="https"):
        alerts.send_by("webhook", Channels(webhook_url="http://hooks.example.org/x"), Message("a", "b"))


def test_secrets_are_not_shown_when_the_channels_are_printed() -> None:
    assert "hush" not in repr(Channels(smtp_password="hush", webhook_url="https://x.example/hush"))


def test_a_message_that_leaves_the_organisation_gives_no_small_count_and_no_exact_one() -> None:
    outside = alerts.Precision(small=9, nearest=5)
    few = GapAccount(
        "X01", date(2021, 3, 31), STATES | {"missing_in_esr": 3, "not_stated_in_esr": 0}, (), None
    )
    made = alerts.message("opened", BROKEN, few, "NHS Tamar and Moor", precision=outside)
    assert "fewer than 10 applications declared" in made.text
    assert not any(exact in made.text for exact in (" 3 applications", " 4 applications", "94%", " 6%"))
    assert "about 90% of them" in made.text and "about 10% of them" in made.text
    many = alerts.message("opened", BROKEN, ACCOUNT, "NHS Tamar and Moor", precision=outside)
    assert "about 1,035 applications declared" in many.text  # 1,034 of them


def test_mail_in_clear_is_known_and_never_carries_a_password() -> None:
    there = Channels(email_to=("a@b.example",), smtp_host="mail.example", smtp_starttls=False)
    assert alerts.in_clear(there)
    assert not alerts.in_clear(replace(there, smtp_port=465))
    assert not alerts.in_clear(replace(there, smtp_host="localhost"))
    with pytest.raises(AlertNotSentError, match="in clear"):
        alerts.send_email(replace(there, smtp_user="u", smtp_password="p"), Message("a", "b"))


def test_port_465_speaks_tls_from_the_first_byte(mailbox: Mailbox) -> None:
    """A server that speaks plain SMTP gets a TLS greeting and no letter."""
    plain = replace(to(mailbox), smtp_port=mailbox.port)
    alerts.IMPLICIT_TLS, kept = mailbox.port, alerts.IMPLICIT_TLS
    try:
        with pytest.raises(AlertNotSentError, match="SSLError|ConnectionReset|timed|SSL"):
            alerts.send_email(plain, Message("a", "b"))
    finally:
        alerts.IMPLICIT_TLS = kept
