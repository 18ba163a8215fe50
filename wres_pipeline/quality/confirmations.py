"""Findings that are right after all, and rules held against the organisation's own form: `confirmations.yaml` beside its
extracts. Nothing else overrides a check.

Shape of the file [ours]::

    confirmations:
      - finding: people_missing               # the kind of finding, as findings.csv names it
        mark: 3f2a9c1b                        # the finding's mark: another one when the content changes, and it is open again
        file: esr_staff_list_2021-03-31.csv   # or period: 2021-03-31
        reason: the community services moved to another trust in June 2020
        role: Head of Workforce Information   # a role, never a person's name
        until: 2022-03-31                     # the last day it holds
    rules:
      - rule: indicator_9_total               # a rule that is printed as not verified
        mark: 9f21c07e                        # its mark, printed beside it in the internal edition: another one when it is worded anew
        year: 2026                            # the reporting year of the form; the next year's form is read anew
        form: DCF form 2026, items 50 to 63   # which document it was held against, and where
        role: Head of Workforce Information
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference import years
from wres_pipeline.reference.written_file import WrittenFile, WrittenFileError

FILE_NAME = "confirmations.yaml"
FIELDS = ("finding", "mark", "file", "period", "reason", "role", "until")
RULE_FIELDS = ("rule", "mark", "year", "form", "role")
NEVER = frozenset({"file_refused", "mapping_not_read", "nothing_usable", "written_file_not_read"})
"""Kinds nobody can confirm: there is nothing in them that could be right. [ours]"""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One entry of the file."""

    finding: str
    mark: str
    file: str
    period: date | None
    reason: str
    role: str
    until: date

    def is_about(self, finding: Finding) -> bool:
        """Whether it confirms this very finding."""
        return (
            finding.code == self.finding
            and finding.mark == self.mark
            and finding.code not in NEVER
            and (not self.file or self.file == finding.file)
            and (self.period is None or self.period == finding.period)
        )


@dataclass(frozen=True, slots=True)
class RuleConfirmation:
    """A rule of a reporting year that somebody held against the organisation's own form of that year."""

    rule: str
    mark: str
    year: int
    form: str
    role: str

    def holds(self, year: int) -> bool:
        """Whether it is about this year and the rule as it is worded now."""
        return self.year == year and any(
            rule.id == self.rule and rule.mark == self.mark and rule.applies_to(year)
            for rule in years.rules()
        )


def load(path: Path) -> tuple[Confirmation, ...]:
    """The confirmations in `path`, none when there is no file. Raises WrittenFileError with every fault found."""
    return parse(path.read_bytes(), path.name) if path.is_file() else ()


def parse(content: bytes | str, name: str) -> tuple[Confirmation, ...]:
    """The confirmations of findings in the text of a file called `name`. Raises WrittenFileError with every fault found."""
    return _read(content, name)[0]


def load_rules(path: Path) -> tuple[RuleConfirmation, ...]:
    """The confirmations of rules in `path`, none when there is no file. Raises WrittenFileError with every fault found."""
    return _read(path.read_bytes(), path.name)[1] if path.is_file() else ()


def _read(content: bytes | str, name: str) -> tuple[tuple[Confirmation, ...], tuple[RuleConfirmation, ...]]:
    reader = WrittenFile(name)
    document = reader.document(content) or {}
    lists: dict[str, list[Any]] = {"confirmations": [], "rules": []}
    if isinstance(document, Mapping):
        reader.known("", document, tuple(lists))
        lists = {field: reader.sequence("", document, field) for field in lists}
    else:
        reader.fault("", "", "must have the field confirmations, or rules, a list")
    found = [_one(reader, entry, number) for number, entry in enumerate(lists["confirmations"], start=1)]
    rules = [_one_rule(reader, entry, number) for number, entry in enumerate(lists["rules"], start=1)]
    if reader.problems:
        raise WrittenFileError(reader.problems)
    return tuple(one for one in found if one is not None), tuple(one for one in rules if one is not None)


def _one_rule(reader: WrittenFile, entry: Any, number: int) -> RuleConfirmation | None:
    where = f"rule number {number}"
    if not isinstance(entry, Mapping):
        reader.fault(where, "", f"must have the fields {', '.join(RULE_FIELDS)}")
        return None
    reader.known(where, entry, RULE_FIELDS)
    rule, mark, year = (reader.text(where, entry, field, required=True) for field in ("rule", "mark", "year"))
    form, role = (reader.words(where, entry, field, required=True) for field in ("form", "role"))
    if year and (not year.isdigit() or int(year) not in years.all_years()):
        reader.fault(where, "year", "is not a reporting year that has rules here; write it as 2026")
        return None
    open_ones = [one.id for one in years.load(int(year)).unverified] if year else []
    if rule and year and rule not in open_ones:
        reader.fault(
            where, "rule", f"is no rule that {year} prints as not verified; those are {', '.join(open_ones)}"
        )
    return RuleConfirmation(rule, mark.lower(), int(year), form, role) if year else None


def _one(reader: WrittenFile, entry: Any, number: int) -> Confirmation | None:
    where = f"confirmation number {number}"
    if not isinstance(entry, Mapping):
        reader.fault(where, "", f"must have the fields {', '.join(FIELDS)}")
        return None
    reader.known(where, entry, FIELDS)
    finding, mark, reason, role = (
        reader.text(where, entry, field, required=True) for field in ("finding", "mark", "reason", "role")
    )
    file, period = reader.text(where, entry, "file"), reader.day(where, entry, "period", required=False)
    if not file and period is None:
        reader.fault(where, "file", "is missing: say which file, or which period")
    if finding in NEVER:
        reader.fault(where, "finding", f"{finding} cannot be confirmed: mend the file")
    until = reader.day(where, entry, "until")
    return Confirmation(finding, mark.lower(), file, period, reason, role, until) if until else None


def applied(
    findings: Sequence[Finding], confirmations: Mapping[str, Sequence[Confirmation]], on: date
) -> list[Finding]:
    """The findings, those confirmed marked so, and a note for each confirmation of their organisation that confirms nothing
    any more. on: the day it is asked; a confirmation holds up to its last day.
    """
    made, used = [], set()
    for finding in findings:
        for one in confirmations.get(finding.organisation_code, ()):
            if one.is_about(finding) and on <= one.until:
                used.add((finding.organisation_code, one))
                finding = replace(finding, confirmed=f"{one.role}, until {one.until}: {one.reason}")
                break
        made.append(finding)
    for code, entries in confirmations.items():
        for one in entries:
            if (code, one) not in used:
                made.append(_unused(code, one, findings, on))
    return made


def rules_not_used(code: str, rules: Sequence[RuleConfirmation], year: int) -> list[Finding]:
    """A note for each confirmed rule of the year that is worded otherwise now than it was confirmed."""
    return [
        Finding(
            "confirmation_not_used", "note", code,
            f"The confirmation of the rule {one.rule} for {year} is about another wording: it is printed as not verified again.",
            "Hold the rule against the form again; if it is right, give its new mark from the Method sheet.", file=FILE_NAME,
        )
        for one in rules
        if one.year == year and not one.holds(year)
    ]  # fmt: skip


def _unused(code: str, one: Confirmation, findings: Sequence[Finding], on: date) -> Finding:
    about = one.file or str(one.period)
    if on > one.until:
        why, remedy = f"ended on {one.until}", "Confirm it again with a later day, if it is still right."
    elif any(f.organisation_code == code and f.code == one.finding for f in findings):
        why = "is about another content: what was found is no longer what was confirmed"
        remedy = "Look at the finding again; if it is right, give its new mark from findings.csv."
    else:
        why, remedy = "confirms nothing any more", "Take it out of the file, if it is not needed."
    return Finding(
        "confirmation_not_used", "note", code, f"The confirmation of {one.finding} ({about}) {why}.", remedy,
        file=FILE_NAME,
    )  # fmt: skip
