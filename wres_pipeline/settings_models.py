"""What a run is told, as it is held once it is read: folders, organisations, systems and policy."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wres_pipeline.reference import margins
from wres_pipeline.reference.plausibility import Plausibility


@dataclass(frozen=True)
class Organisation:
    """What the extracts cannot say about an organisation; every field may be empty."""

    code: str
    name: str = ""
    kind: str = ""
    fictional: bool = False
    board_lead: str = ""
    author: str = ""
    contact: str = ""
    commissioners_sent_to: str = ""
    published_at: str = ""
    residents_of: tuple[str, ...] = ()
    residents_ages: str = "all"
    providers: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    margins: dict[str, margins.Margin] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name, or the code where no name is set."""
        return self.name or self.code


@dataclass(frozen=True)
class System:
    """Organisations whose figures are shown together as well, such as the members of an integrated care system."""

    code: str
    name: str = ""
    members: tuple[str, ...] = ()
    author: str = ""
    contact: str = ""

    @property
    def title(self) -> str:
        """The name, or the code where no name is set."""
        return self.name or self.code


@dataclass(frozen=True)
class Targets:
    """Shares of staff who declare their ethnicity: what the check asks for, and the ambition it names. numbers_found: share of
    the employee numbers of training and cases that must stand in the staff lists, else their indicator is not printed."""

    declaration: float = 0.95
    ambition: float = 1.0
    numbers_found: float = 0.5


@dataclass(frozen=True)
class Threshold:
    """Counts of one stake: from 1 to `threshold` are withheld (0: none for their size), and why; None keeps the rule for all."""

    threshold: int | None = None
    because: str = ""


@dataclass(frozen=True)
class Composition(Threshold):
    """Indicator 1 and the disparity ratios. zeros: `shown`, or `withheld` with their row where all its people are of one
    ethnic group."""

    zeros: str = "shown"


@dataclass(frozen=True)
class Board:
    """The board's counts: `released`, because who sits on it is public, or `withheld` as every other count; and why."""

    counts: str = "released"
    because: str = ""


@dataclass(frozen=True)
class Survey:
    """Survey results on fewer than `minimum` responses are withheld, and why; None keeps the source's own minimum."""

    minimum: int | None = None
    because: str = ""


STAKES = {
    "composition": Composition,
    "board": Board,
    "events": Threshold,
    "survey": Survey,
    "declaration": Threshold,
}
"""What may have a section of its own under `[disclosure]`."""


@dataclass(frozen=True)
class DisclosurePolicy:
    """The organisation's small-number policy; None keeps the default of the reporting year's settings.

    preset: a rule by its name, in the place of method and threshold. role, date, because: who chose the rule, when and why;
    printed in the method note. The sections below say what is done otherwise where something else is at stake.
    """

    method: str | None = None
    threshold: int | None = None
    width: int | None = None
    preset: str | None = None
    role: str = ""
    date: str = ""
    because: str = ""
    composition: Composition = Composition()
    board: Board = Board()
    events: Threshold = Threshold()
    survey: Survey = Survey()
    declaration: Threshold = Threshold()

    def asked(self) -> dict[str, Any]:
        """What it asks for, in the words of `disclosure.rules.presets.chosen`."""
        whole = {one: getattr(self, one) for one in ("preset", "method", "threshold", "width")}
        survey = {} if self.survey.minimum is None else {"survey_minimum": self.survey.minimum}
        reasons = tuple((one, because) for one in STAKES if (because := getattr(self, one).because))
        return {
            **whole, **survey, "reasons": reasons, "board": self.board.counts, "zeros": self.composition.zeros,
            "composition": self.composition.threshold, "events": self.events.threshold,
            "declaration": self.declaration.threshold,
            "decided_by": self.role, "decided_on": self.date, "because": self.because,
        }  # fmt: skip


@dataclass(frozen=True)
class GapSettings:
    """The TRAC-to-ESR gap: the lag that is normal, whether an organisation's own takes its place and within which days,
    whether declared values may stand in for missing ones, how many pairs a reviewer is given at most, and whether the
    correction list names the other protected characteristics that ESR lacks."""

    normal_lag_days: int = 56
    own_lag: bool = False
    own_lag_least: int = 28
    own_lag_most: int = 120
    use_declared_in_trac: bool = False
    review_pairs: int = 60
    characteristics_in_correction_list: bool = False

    @property
    def lag_limits(self) -> tuple[int, int] | None:
        """The limits of an organisation's own lag, or None where the normal one counts for all."""
        return (self.own_lag_least, self.own_lag_most) if self.own_lag else None


@dataclass(frozen=True)
class Reports:
    """What is made beside the pages: the publication as one PDF file, where the machine can make one."""

    pdf: bool = True


@dataclass(frozen=True)
class Alerts:
    """Where word is sent, and of what; nothing is sent while nothing is set.

    Word is of an opening or closing gap, a failed run, a failed check or refused file, a late delivery, a deadline that comes
    near; not_about: what of it is not sent.
    delivery_due_day: the day of a month by which the staff list of the month before is expected.
    inside_the_organisation: the channels stay inside, so that counts need not be rounded and small ones not withheld.
    """

    email_to: tuple[str, ...] = ()
    email_from: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_starttls: bool = True
    inside_the_organisation: bool = False
    not_about: tuple[str, ...] = ()
    delivery_due_day: int = 10
    smtp_password: str = field(default="", repr=False)
    webhook_url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Retention:
    """How many days after the day an extract shows its particulars, and then its rows, are kept.

    kinds: the days of the rows of one kind of extract. columns: the days of one column that names a person. each_month:
    whether the monthly job of the web UI takes out what is due, or only tells. may_delete_in: folders of a git checkout
    whose committed extracts a purge may delete.
    """

    identity_days: int = 400
    row_days: int = 1096
    each_month: bool = False
    may_delete_in: tuple[str, ...] = ()
    kinds: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)

    def days_of_rows(self, kind: str) -> int:
        """How long rows of that kind are kept."""
        return self.kinds.get(kind, self.row_days)


@dataclass(frozen=True)
class Spark:
    """tables: where `wres counts` finds the core tables: a folder of Parquet, or `catalogue.schema` of the platform."""

    tables: str = ""


@dataclass(frozen=True)
class Settings:
    """All settings of a run; paths are absolute."""

    extracts: Path
    output: Path
    warehouse: Path
    dagster_home: Path
    organisations: dict[str, Organisation] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    targets: Targets = Targets()
    disclosure: DisclosurePolicy = DisclosurePolicy()
    gap: GapSettings = GapSettings()
    plausibility: Plausibility = Plausibility()
    reports: Reports = Reports()
    alerts: Alerts = Alerts()
    retention: Retention = Retention()
    spark: Spark = Spark()

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits over all settings but the secrets: another means that something was set otherwise."""
        plain = dataclasses.replace(
            self, alerts=dataclasses.replace(self.alerts, smtp_password="", webhook_url="")
        )
        return hashlib.sha256(repr(plain).encode()).hexdigest()[:12]

    @property
    def log(self) -> Path:
        """The file that a command's steps and the libraries it uses write to; it names no person."""
        return self.dagster_home / "wres.log"

    def organisation(self, code: str) -> Organisation:
        """The organisation of an ODS code, nameless when the settings do not know it."""
        return self.organisations.get(code) or Organisation(code)
