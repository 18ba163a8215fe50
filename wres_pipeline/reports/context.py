"""What a report needs to know besides the figures: who, when, how good the data are, and what was checked.

The context is made once per organisation, year and edition by the orchestration, from the warehouse and the
settings. Reports print it; they never look anything up and never compute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wres_pipeline.indicators.figure import Printed

if TYPE_CHECKING:
    from wres_pipeline.indicators.figure import Figure
    from wres_pipeline.indicators.like_for_like import LikeForLike
    from wres_pipeline.reference.years import ReportingYear

Edition = Literal["internal", "public"]
Severity = Literal["blocking", "warning"]

FICTIONAL_WORDS = "The people in this report are invented."
"""Printed on every page, sheet and document about a fictional organisation [issue A, point 9]."""


NOT_GIVEN = Printed("")


@dataclass(frozen=True, slots=True)
class DeclarationRate:
    """How much of the workforce has its ethnicity recorded and declared at one 31 March.

    Attributes:
        reporting_year: the year of the snapshot.
        people: head-count of the workforce as printed ('3,012', or 'withheld').
        recorded: declared + declined, as a share of people, as printed ('100.0%', or a state in words).
        declared: share of people who gave an ethnic group, as printed.
        declined, not_recorded, unmapped: shares of the other three states of knowledge, as printed; '' when
        not given.

    Both rates are always shown, with their names [seen: NHS Kernow 2021].
    """

    reporting_year: int
    people: Printed
    recorded: Printed
    declared: Printed
    declined: Printed = NOT_GIVEN
    not_recorded: Printed = NOT_GIVEN
    unmapped: Printed = NOT_GIVEN


@dataclass(frozen=True, slots=True)
class Exclusion:
    """People on the staff list who are outside the substantive workforce, by one reason, in words.

    `reason` is plain words ('Bank staff'), `people` the count as printed.
    """

    reason: str
    people: Printed


@dataclass(frozen=True, slots=True)
class Check:
    """One check made on the data or on the figures: its name, whether it passed, how much it matters, and
    words.

    `words` says what was found, with counts, never with a person; `passed` is None when the check itself
    could not run (an error of the check, which is never the same as failed data). `told`: what failed is among the findings,
    which a check of its own counts.
    """

    name: str
    passed: bool | None
    severity: Severity
    words: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class UnverifiedRule:
    """A rule that touched a figure and has not been checked against the published guidance ([recalled] or
    [ours]). rule, mark: what `confirmations.yaml` names it by.
    """

    text: str
    tag: str
    indicators: tuple[str, ...] = ()
    rule: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmedRule:
    """A rule that the organisation held against its own form of the year. form, role: in its own words."""

    rule: UnverifiedRule
    form: str
    role: str


@dataclass(frozen=True, slots=True)
class DeliveryUsed:
    """One extract the figures came from. Rows in = rows accepted + rows quarantined."""

    delivery_id: str
    kind: str
    period: str
    file_name: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int


@dataclass(frozen=True, slots=True)
class SignOff:
    """The state of approval: 'draft', 'signed off', or 'changed after sign-off'."""

    status: Literal["draft", "signed off", "changed after sign-off"] = "draft"
    body: str = ""
    role: str = ""
    signed_on: date | None = None
    content_hash: str = ""
    version: int = 1
    reason: str = ""
    """version: 2 for the first correction of a signed publication; reason: why it replaces the one before."""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One action of the plan, in the words of its owner. `due` and `progress` are as printed; `status` is one of
    `action_plan.status.STATUSES`, '' where nobody judged it.
    """

    action_id: str
    title: str
    owner: str = ""
    due: str = ""
    progress: str = ""
    indicators: tuple[str, ...] = ()
    status: str = field(
        default="", repr=False
    )  # told by `progress` already: a signed edition's hash stays what it was


@dataclass(frozen=True, slots=True)
class ChangeSinceLastYear:
    """What is known about one measure's change since the year before, in words (from `figure_changes`).

    `kind` is 'real', 'chance', 'population', 'definition' or 'not comparable'; `words` is a whole sentence.
    """

    indicator: str
    measure: str
    kind: str
    words: str
    cluster: str = ""
    band: str = ""
    ethnic_group: str = ""


@dataclass(frozen=True, slots=True)
class WithheldFigure:
    """One withheld figure and why ('withheld because …'). Listed in the internal edition only."""

    figure: str
    because: str


@dataclass(frozen=True, slots=True)
class TextLeftOut:
    """A text that people wrote which says a number withheld in the public edition, and is left out of it.

    `file` is `notes.yaml` or `actions.yaml`, also where the text stands in a form of the same name; `section` and `field` name the text in it (`field` is '' for an answer);
    `figure` names the withheld figure, never its number; '' where the text holds a person's particulars, and is left out
    of the internal edition too.
    """

    file: str
    section: str
    field: str
    figure: str

    @property
    def words(self) -> str:
        """The whole sentence."""
        named = {"actions.yaml": "the action plan", "notes.yaml": "the author's notes"}.get(
            self.file, self.file
        )
        where = f"{named}, {self.section}" + (f", {self.field}" if self.field else "")
        if not self.figure:
            return f"{where}: left out of every edition, because it holds a person's particulars"
        return (
            f"{where}: left out of the public edition, because it says a number that is withheld there "
            f"({self.figure})"
        )


@dataclass(frozen=True, slots=True)
class ReturnContext:
    """Everything about one organisation's return for one year that is not a figure.

    Attributes:
        organisation_code, organisation_name: ODS code and name.
        year: the rules of the reporting year (`reference.years.load`).
        edition: 'internal' (true counts) or 'public' (after disclosure control).
        fictional: True for the sample organisations; every page then says that its people are invented.
        dated: the date the report carries; an argument of the run, never the clock.
        complete: True when every kind of extract the year requires was there.
        missing_kinds: kinds that were not there, in plain words ('training records').
        declaration: rates of this year first, then the year before when known.
        like_for_like: ratios that compare like with like; of the internal edition alone.
        earlier: the figures that indicators are followed by of the years before the last; in the public edition those that the
        organisation's own earlier editions printed.
        exclusions: people left out of the workforce, by reason.
        checks, unverified, deliveries: as their classes say. confirmed: rules that are unverified no more. projected:
        what the first page says of a year whose guidance nobody has read; '' for any other.
        board_lead, author, contact: names of roles or people the organisation itself publishes, from the
        settings. commissioners: bodies the report was sent to; published_at: where it is published;
        action_plan: link or ''. template_answers: other answers of the annual reporting template by field
        name (see `reporting_template`). notes_file: the author's notes.yaml, or None when there is none.
        texts_left_out: texts of that file and of the action plan that the public edition must not print.
        actions, changes, withheld: from the rooms `improvement`, `indicators` and `disclosure`.
        method_notes: further sentences of the method (the verdict rule, its error rates, disclosure policy).
    """

    organisation_code: str
    organisation_name: str
    year: ReportingYear
    edition: Edition
    dated: date
    fictional: bool = False
    complete: bool = True
    missing_kinds: tuple[str, ...] = ()
    sign_off: SignOff = field(default_factory=SignOff)
    declaration: tuple[DeclarationRate, ...] = ()
    like_for_like: tuple[LikeForLike, ...] = ()
    earlier: tuple[Figure, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    checks: tuple[Check, ...] = ()
    unverified: tuple[UnverifiedRule, ...] = ()
    confirmed: tuple[ConfirmedRule, ...] = ()
    projected: str = ""
    deliveries: tuple[DeliveryUsed, ...] = ()
    board_lead: str = ""
    author: str = ""
    contact: str = ""
    commissioners: tuple[str, ...] = ()
    published_at: str = ""
    action_plan: str = ""
    template_answers: Mapping[str, str] = field(default_factory=dict)
    notes_file: Path | None = None
    texts_left_out: tuple[TextLeftOut, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    changes: tuple[ChangeSinceLastYear, ...] = ()
    withheld: tuple[WithheldFigure, ...] = ()
    method_notes: tuple[str, ...] = ()

    @property
    def reporting_year(self) -> int:
        """The reporting year, the calendar year of its 31 March snapshot."""
        return self.year.year

    @property
    def internal(self) -> bool:
        """Whether this is the internal edition, with true counts."""
        return self.edition == "internal"

    @property
    def title(self) -> str:
        """The title of the return, the same on every output."""
        return f"Workforce Race Equality Standard {self.reporting_year}: {self.organisation_name}"

    @property
    def markings(self) -> tuple[str, ...]:
        """Sentences that every page and sheet must carry, most important first."""
        words: list[str] = []
        if self.fictional:
            words.append(f"{FICTIONAL_WORDS} {self.organisation_name} does not exist.")
        if self.internal:
            words.append("Internal edition: true counts, not for publication.")
        if self.sign_off.version > 1:
            words.append(
                f"Version {self.sign_off.version}. It replaces version {self.sign_off.version - 1}: "
                f"{self.sign_off.reason.rstrip('.')}."
            )
        if self.sign_off.status == "draft":
            words.append("Draft: not yet signed off.")
        elif self.sign_off.status == "changed after sign-off":
            words.append("Changed after sign-off: it must be signed off again before it is published.")
        if not self.complete:
            missing = ", ".join(self.missing_kinds) or "some extracts"
            words.append(f"Incomplete return. These were not supplied: {missing}.")
        return tuple(words)
