"""Telling people that the TRAC-to-ESR gap has opened, and when it has closed again: email and a webhook.

Word is sent once per opening and once when it closes. A message holds counts, shares and a month, never a
person.
"""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import EmailMessage

from wres_pipeline.quality.trac_to_esr import characteristics, counted_gap
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.quality.trac_to_esr.gap import GapAccount

WAIT_SECONDS = 15
IMPLICIT_TLS = 465
"""The port of mail submission over TLS from the first byte (RFC 8314)."""
OPENED, CLOSED = "opened", "closed"
TEAMS, SLACK, WEBHOOK = "Teams", "Slack", "webhook"
_LOCAL = ("localhost", "127.0.0.1", "::1")


class AlertNotSentError(RuntimeError):
    """An alert could not be delivered; says by which way and why, never an address or a secret."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Where alerts go; a way without its address is not used. The fields are those of the settings.

    webhook_url: one address, or several with blanks between them.
    """

    email_to: tuple[str, ...] = ()
    email_from: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_starttls: bool = True
    smtp_password: str = field(default="", repr=False)
    webhook_url: str = field(default="", repr=False)

    def known_before_as(self, way: str) -> str:
        """The name of a way when there was one webhook of any kind: what was told by it then is no news."""
        return WEBHOOK if way in self.webhooks else way

    @property
    def webhooks(self) -> dict[str, str]:
        """Way -> address: `Teams`, `Slack` or `webhook`, and `Teams 2` for a second of the kind."""
        found: dict[str, str] = {}
        for address in self.webhook_url.split():
            kind, number = _kind_of(_host(address)), 1
            while (way := kind if number == 1 else f"{kind} {number}") in found:
                number += 1
            found[way] = address
        return found

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways that are set: `email`, and those of the webhooks."""
        return (*(["email"] if self.email_to and self.smtp_host else []), *self.webhooks)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent."""

    subject: str
    text: str


def news(before: str, found: Break) -> tuple[str | None, str]:
    """What there is to tell, and the state to remember: (`opened`, `closed` or None, state).

    `before` is the state remembered last ("" at first). A gap counts as open from a break that is sure
    until the series shows its repair, or no break any more; too few starters change nothing. While it stays
    open nothing more is told, though the dated month may move by one.
    """
    was_open = before == OPENED
    if found.open:
        if was_open or not found.sure:
            return None, before
        return OPENED, OPENED
    if found.verdict == "too_few" or not was_open:
        return None, before
    return CLOSED, CLOSED


@dataclass(frozen=True, slots=True)
class Precision:
    """How exact the counts of a message may be.

    small: counts from 1 to this are not given; the others to the nearest `nearest`, shares to the nearest 10%. None in
    both gives everything as it is, for a channel that stays inside the organisation.
    """

    small: int | None = None
    nearest: int | None = None

    def people(self, n: int) -> str:
        """So many applications."""
        if self.small is not None and 0 < n <= self.small:
            return f"fewer than {self.small + 1} applications"
        if self.nearest is None or n == 0:
            return _people(n)
        return f"about {self.nearest * int(n / self.nearest + 0.5):,} applications"

    def percent(self, share: float | None) -> str:
        """So large a share of them."""
        if self.nearest is None or share is None:
            return _percent(share)
        return f"about {10 * int(10 * share + 0.5)}% of them"


EXACT = Precision()


def message(
    told: str,
    found: Break,
    account: GapAccount,
    name: str,
    report: str = "",
    precision: Precision = EXACT,
) -> Message:
    """The message for an opening or a closing. `name` is the organisation's, `report` where the report
    lies, `precision` how exact its counts may be.
    """
    lines = []
    if told == OPENED:
        subject = f"{name}: ethnicity declared in TRAC has stopped arriving in ESR"
        lines.append(
            f"For people who started before {_month(found.month)}, the ethnicity they declared in TRAC arrived in "
            f"ESR for {precision.percent(found.before)}. For those who started since, it arrived for "
            f"{precision.percent(found.after)}."
        )
        if len(found.months) > 1:
            lines.append(f"It may have stopped in any of: {', '.join(_month(m) for m in found.months)}.")
    else:
        subject = f"{name}: ethnicity declared in TRAC is arriving in ESR again"
        again = f" for people who started from {_month(found.repaired)}" if found.repaired else ""
        lines.append(f"The ethnicity declared in TRAC is arriving in ESR again{again}.")
    if told == OPENED and (together := characteristics.in_words(characteristics.arriving(account, found))):
        lines.append(together)
    lines.append(_counts(account, precision))
    if told == OPENED:
        lines.append(
            "What to do: ask whoever looks after the link between TRAC and ESR"
            + (", and key the correction list." if account.linked else ".")
        )
    if report:
        lines.append(f"Report: {report}")
    return Message(subject, "\n\n".join(lines))


def _counts(account: GapAccount, precision: Precision) -> str:
    """How many are concerned: as linked, or as a range where nobody, or too few, could be linked."""
    day = account.as_at.isoformat()
    if account.linked:
        return (
            f"At {day}, {precision.people(account.lost)} declared an ethnicity in TRAC that ESR does not hold; "
            f"the correction list of the restricted folder, which also holds those where the two differ, has {precision.people(account.to_put_right)} on it."
        )
    declared, told = sum(m.trac_declared for m in account.counted), counted_gap.arrival(account.counted)
    counted = f"This is counted, not linked, at {day}: the TRAC extract does not say who is who"
    if told.low is None or told.high is None:
        return f"{counted}."
    fewest, most = (precision.people(int(declared * (1 - share) + 0.5)) for share in (told.high, told.low))
    return f"{counted}. Between {fewest} and {most} hold a declared ethnicity that is not in ESR."


def send_by(way: str, channels: Channels, what: Message) -> None:
    """Send by one of the ways. Raises AlertNotSentError."""
    if way == "email":
        send_email(channels, what)
    else:
        send_webhook(way, channels.webhooks[way], what)


def send_email(channels: Channels, what: Message) -> None:
    """Send through SMTP: over TLS from the first byte on port 465, else with STARTTLS, and a login where they are set.

    A password is never sent in clear. Raises AlertNotSentError.
    """
    if in_clear(channels) and channels.smtp_user and channels.smtp_password:
        raise AlertNotSentError(
            "email: smtp_starttls is false, and a password would be sent in clear; set it to true"
        )
    letter = EmailMessage()
    letter["Subject"] = what.subject
    letter["From"] = channels.email_from or channels.smtp_user
    letter["To"] = ", ".join(channels.email_to)
    letter.set_content(what.text)
    try:
        with _server(channels) as server:
            if channels.smtp_starttls and channels.smtp_port != IMPLICIT_TLS:
                server.starttls(context=ssl.create_default_context())
            if channels.smtp_user and channels.smtp_password:
                server.login(channels.smtp_user, channels.smtp_password)
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise AlertNotSentError(f"email: the mail server did not take it ({type(error).__name__})") from None


def in_clear(channels: Channels) -> bool:
    """Whether mail would leave this machine unencrypted."""
    encrypted = channels.smtp_starttls or channels.smtp_port == IMPLICIT_TLS
    return "email" in channels.ways and not encrypted and channels.smtp_host not in _LOCAL


def _server(channels: Channels) -> smtplib.SMTP:
    if channels.smtp_port == IMPLICIT_TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(channels.smtp_host, channels.smtp_port, timeout=WAIT_SECONDS, context=context)
    return smtplib.SMTP(channels.smtp_host, channels.smtp_port, timeout=WAIT_SECONDS)


def send_webhook(way: str, url: str, what: Message) -> None:
    """Post to a webhook: a Slack text, or a Teams card, by its address. Raises AlertNotSentError."""
    safe = url.startswith("https://") or (url.startswith("http://") and _host(url) in _LOCAL)
    if not safe:
        raise AlertNotSentError(f"{way}: its address must begin with https://")
    body = json.dumps(webhook_body(_host(url), what)).encode()
    headers = {"Content-Type": "application/json"}
    try:
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        raise AlertNotSentError(f"{way}: it answered {error.code}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise AlertNotSentError(f"{way}: it could not be reached ({type(error).__name__})") from None


def webhook_body(host: str, what: Message) -> dict[str, object]:
    """What the host accepts: Teams workflows an adaptive card, Slack and everything else a text."""
    if _kind_of(host) == TEAMS:
        blocks = [{"type": "TextBlock", "text": what.subject, "weight": "Bolder", "wrap": True}]
        blocks += [{"type": "TextBlock", "text": part, "wrap": True} for part in what.text.split("\n\n")]
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": blocks,
        }
        kind = "application/vnd.microsoft.card.adaptive"
        return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}
    return {"text": f"{what.subject}\n\n{what.text}"}


def _host(url: str) -> str:
    try:
        return urllib.parse.urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _kind_of(host: str) -> str:
    if host.endswith(("office.com", "logic.azure.com", "powerplatform.com")):
        return TEAMS
    return SLACK if host.endswith("slack.com") else WEBHOOK


def _month(day: object) -> str:
    return f"{day:%B %Y}" if day is not None else "an unknown month"


def _percent(share: float | None) -> str:
    return "an unknown share" if share is None else f"{int(100 * share + 0.5)}% of them"


def _people(n: int) -> str:
    return "1 application" if n == 1 else f"{n:,} applications"
