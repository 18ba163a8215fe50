"""Which list of ethnic codes a column of bare numbers, or of a letter with a number, is written in.

`4` is Indian in the list of 1991, White and Black Caribbean in numbers after the census of 2001, and Any other White
background in the staff survey's; `B2` is African in the self-defined list of 16+1 and nothing in ESR's. One cell cannot
tell. The whole column can, where one list alone holds all that stands in it; where two do, nothing is read. [ours]
A single small letter is no code of ESR's either (`n` may be no); a column of them is ESR's in small letters, where several
differ and `a` (White British) is among them. [ours]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.codes.ethnicity import UNMAPPED, Ethnicity, codes, resolve
from wres_pipeline.reference.tables import fold

NUMBER = re.compile(r"0*(\d{1,2})(?:\.0)?")
LETTER_AND_NUMBER = re.compile(r"[A-Z]\d")
SMALL_LETTER = re.compile(r"[a-z][a-z0-9]?")
SMALL = "small letters"
DIFFERING_LETTERS = 3
"""Small letters that must differ before a column of them is read. [ours]"""
NOT_KNOWN = "99"


def bare(text: str) -> bool:
    """Whether a text is a code that only its column's list can explain."""
    plain = text.strip().upper()
    if _of_esr(plain) or (NUMBER.fullmatch(plain) and _plain(plain) == NOT_KNOWN):
        return False
    return bool(NUMBER.fullmatch(plain) or LETTER_AND_NUMBER.fullmatch(plain))


def fitting(texts: Iterable[str]) -> tuple[str, ...]:
    """The lists that hold every bare code among `texts`: `1991`, `2001`, `survey`, `16+1`; none and several prove nothing.

    So does a column of small letters by `SMALL`. No bare code at all gives none; so does a column in which anybody's ethnicity is declared in another way too (`A` or `White -
    British` beside `A1`): it is not written in one list.
    """
    found = {text.strip() for text in texts}
    if any(_small(text) for text in found):
        return (SMALL,) if _all_small(found) else ()
    wanted = {_plain(text.upper()) for text in found if bare(text)}
    if not wanted or any(not bare(text) and resolve(text).state == "declared" for text in found):
        return ()
    return tuple(name for name, held in _lists().items() if wanted <= held.keys())


def explained(text: str, name: str) -> Ethnicity | None:
    """What a text means by the list its column is written in; None where the national lists say what it means."""
    if bare(text) or (name == SMALL and _small(text.strip())):
        return meaning(text, name)
    return None


def resolve_of_column(text: str, written: str, own: Mapping[str, str]) -> Ethnicity:
    """What a text means in a column that is written in the list `written`; an organisation's own labels come first."""
    listed = None if fold(text) in own else explained(text, written)
    return listed or resolve(text, own)


def _small(text: str) -> bool:
    return bool(SMALL_LETTER.fullmatch(text)) and _of_esr(text.upper()) and resolve(text) is UNMAPPED


def _all_small(found: set[str]) -> bool:
    letters = {text for text in found if _small(text)}
    others = (resolve(text).state for text in found - letters)
    return (
        "a" in letters
        and len(letters) >= DIFFERING_LETTERS
        and not any(state in ("declared", "unmapped") for state in others)
    )


def meaning(text: str, name: str) -> Ethnicity:
    """What a bare code means in the list `name`; UNMAPPED for a list that is not one of them, or a code it does not hold."""
    if name == SMALL:
        return codes().get(text.strip().upper(), UNMAPPED)
    return _lists().get(name, {}).get(_plain(text.strip().upper()), UNMAPPED)


def group_names(names: Collection[str]) -> str:
    """The lists in words."""
    words = {
        "1991": "the list of 1991 (0 = White)",
        "2001": "numbers after the census of 2001 (1 = White British, 4 = mixed)",
        "survey": "the staff survey's numbers (1 to 4 = White)",
        "16+1": "the self-defined list of 16+1",
        SMALL: "ESR's list in small letters",
    }
    return " and ".join(words[name] for name in names)


def _of_esr(code: str) -> bool:
    return code in codes() and not code.isdigit()


def _plain(text: str) -> str:
    number = NUMBER.fullmatch(text)
    return number[1] if number else text


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, Ethnicity]]:
    found: dict[str, dict[str, Ethnicity]] = {
        "1991": {code: means for code, means in codes().items() if means.code_set == "1991"},
        "2001": {}, "survey": {}, "16+1": {},
    }  # fmt: skip
    for row in tables.rows("ethnic_lists"):
        found[row["list"]][row["code"]] = Ethnicity(None, row["state"], row["group"], "label", None)
    latest = max(int(row["survey_year"]) for row in tables.rows("survey_ethnic_codes"))
    for row in tables.rows("survey_ethnic_codes"):
        if int(row["survey_year"]) == latest:
            state = "declined" if row["group"] == "Unknown" else "declared"
            found["survey"][_plain(row["code"])] = Ethnicity(None, state, row["group"], "label", None)
    return found
