"""From what a system wrote about a person's ethnicity to the WRES group, by known codes and labels only.

Rules [seen]: a code is at most two characters, `^[A-Z][A-Z0-9]?$`; the first is national, the second local,
so `CD` (White Cornish) groups with `C`; a second character that no list holds is no code of ESR's (`A1`, `B2` are another
list), and is unmapped [ours]. A, B, C and T are White; D to S are BME; Z is asked and declined; 99 is not known. Free text is
never cut to a code. Codes 0 to 9 are the 1991 list [ours: their groups]: true of one text that is known to be of it; a
whole column of numbers is read by `ethnic_lists`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

GROUPS = ("White", "BME", "Unknown")
STATES = ("declared", "declined", "not_recorded", "unmapped")

_NO_LABELS: Mapping[str, str] = {}
_CODE = re.compile(r"[A-Z][A-Z0-9]?")
_CODE_IN_FRONT = re.compile(
    r"(?:[(\[]([a-z][a-z0-9]?|[0-9]|99)[)\]] ?|([a-z][a-z0-9]?|[0-9]|99)(?:[.)]? |\|))(.+)"
)
_CODE_BEHIND = re.compile(r"(.+) ([a-z][a-z0-9]?)")
_IN_BRACKETS = re.compile(r"(.+?) ?[(\[]([^()\[\]]+)[)\]]")


@dataclass(frozen=True, slots=True)
class Ethnicity:
    """What is known of one text: never more than the text says.

    code: the code as read or as its label stands for (`CD`, `A`, `0`), None where the text gives none.
    state: one of STATES. group: one of GROUPS. code_set: `2001`, `2011`, `2021`, `1991`, `group` (a WRES
    group was named instead of a category), or blank. national: first character of a 2001 code (`A`…`T`,
    `Z`) or `99`; None for 1991 codes, group names and everything unmapped or blank.
    legacy: a 1991 code, to be asked again.
    """

    code: str | None
    state: str
    group: str
    code_set: str
    national: str | None


NOT_RECORDED = Ethnicity(None, "not_recorded", "Unknown", "", None)
UNMAPPED = Ethnicity(None, "unmapped", "Unknown", "", None)


def resolve(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> Ethnicity:
    """The ethnicity that `text` states.

    extra: an organisation's own labels (folded) and the code or known label each stands for; they win
    over the national lists. A blank is `not_recorded`; a text no list knows is `unmapped`, group Unknown.
    """
    if text is None:
        return NOT_RECORDED
    if extra:
        text = extra.get(fold(text), text)
    return _resolve(text)


@lru_cache(maxsize=16384)
def _resolve(text: str) -> Ethnicity:
    plain = unicodedata.normalize("NFKC", text).strip()
    key = fold(plain)
    if not key:
        return NOT_RECORDED
    labelled = labels().get(key)
    if labelled is not None:
        return labelled
    if _CODE.fullmatch(plain) or plain in codes():
        return _of_code(plain)
    if parts := _CODE_IN_FRONT.fullmatch(key):
        return _of_code_and_label((parts[1] or parts[2]).upper(), parts[3])
    if parts := _IN_BRACKETS.fullmatch(key):
        return _of_brackets(parts[1], parts[2])
    if parts := _CODE_BEHIND.fullmatch(key):
        return _of_brackets(parts[1], parts[2])
    return UNMAPPED


def _of_code(code: str) -> Ethnicity:
    return codes().get(code, UNMAPPED)


def _of_brackets(label: str, inside: str) -> Ethnicity:
    """`British (A)`, `British - A`: the code counts where the label is one of its family, or the end of one. `British (White)`
    and `White (British)`: as `White British`."""
    code = inside.upper()
    if _CODE.fullmatch(code):
        stated = _of_code_and_label(code, label)
        if (
            stated is UNMAPPED
            and _of_code(code) is not UNMAPPED
            and label in _endings().get(_of_code(code).national, ())
        ):
            return _of_code(code)
        return stated
    return labels().get(f"{inside} {label}") or labels().get(f"{label} {inside}", UNMAPPED)


def _of_code_and_label(code: str, rest: str) -> Ethnicity:
    """Code and label together count only when the label is a known one of the code's own family."""
    stated = _of_code(code)
    if stated is UNMAPPED:
        return UNMAPPED
    if rest in _own_labels().get(code, ()):
        return stated
    label = labels().get(rest)
    if label is None or label.national is None or label.national != stated.national:
        return UNMAPPED
    return stated


@lru_cache(maxsize=1)
def codes() -> dict[str, Ethnicity]:
    """Every listed code -> its meaning (national, ESR local, 1991, 99)."""
    return {
        row["code"]: Ethnicity(
            row["code"], row["state"], row["group"], row["code_set"], row["national"] or None
        )
        for row in tables.rows("ethnic_codes")
    }


@lru_cache(maxsize=1)
def labels() -> dict[str, Ethnicity]:
    """Every listed label (folded) -> its meaning."""

    def meaning(row: tables.Row) -> Ethnicity:
        code = row["code"] or None
        national = None if code is None else _of_code(code).national
        code_set = "" if row["state"] in ("not_recorded", "unmapped") else "label"
        if row["code_set"] in ("group", "1991"):
            code_set = row["code_set"]
        return Ethnicity(code, row["state"], row["group"], code_set, national)

    return tables.by_label("ethnic_labels", meaning)


@lru_cache(maxsize=1)
def _endings() -> dict[str | None, frozenset[str]]:
    """National code -> how labels of its family end: `british`, `african`, `any other asian background`."""
    endings: dict[str | None, set[str]] = {}
    for label, means in labels().items():
        words = label.split()
        for start in range(1, len(words)) if means.national else ():
            endings.setdefault(means.national, set()).add(" ".join(words[start:]))
    return {code: frozenset(texts) for code, texts in endings.items()}


@lru_cache(maxsize=1)
def _own_labels() -> dict[str, frozenset[str]]:
    return {row["code"]: frozenset({fold(row["label"])}) for row in tables.rows("ethnic_codes")}
