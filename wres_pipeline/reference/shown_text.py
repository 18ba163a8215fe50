"""What of a cell's text may be shown outside `restricted/`: one function decides, for every message, log, page and alert.

A text is shown when a list knows it, or when every one of its words is a word of the lists (an unknown label is nearly
always a known one in other words: "Band 5 enhanced", "Monitoring form awaited"). Anything else could be a person, and only its
shape is shown: capital letters as A, small ones as a, digits as 9. [ours]
"""

from __future__ import annotations

import re
from functools import cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

LONGEST_SHOWN = 60
LONGEST_SHAPE = 24
MOST_DIGITS = 4
_LISTS = {
    "assignment_categories": "label", "assignment_statuses": "label", "bands": "band", "case_types": "label",
    "ethnic_labels": "label", "ethnic_codes": "label", "job_roles": "label", "pay_scales": "label",
    "recruitment_stages": "label", "staff_groups": "label", "survey_groups": "label", "survey_ethnic_codes": "label",
    "survey_answers": "label", "survey_questions": "question",
}  # fmt: skip
_PLAIN = re.findall(
    r"\w+",
    "a and any as at by for from her his in is it its no nor not of on or other that the their this to up was "
    "were with added allowance annual april assessment assigned august await awaited awaiting award bank basis "
    "being blank board body called cancelled captured case casual category ceased chair change changed chief "
    "clinical closed code codes collected column committee complete completed contract data date day days "
    "december declaration declared declined description director division does email employee employer "
    "employment end ended enhanced entry equality ethnic ethnicity etc executive external extract february "
    "field file first flag form fortnightly formal group groups half head heading health hold honorary hours "
    "improvement incident incomplete informal information internal interview investigation january job july "
    "june kind known label last late later lead leave left level list local lower manager march medical meeting "
    "member minor missing monitoring month monthly name new none note november null number nurse october offer "
    "officer old once one open opened origin outcome panel pay payroll pending percent period person placed "
    "plan point post prefer previous primary private process progress provided public quarter quarterly "
    "question received record recorded recruitment referred refused rejected removed reply report requested "
    "required resigned respond responded response result retired return returned review role row scale second "
    "section senior september service sheet shortlist shortlisted single site stage start started state stated "
    "status stopped survey suspended system team temporary test text third to training transfer transferred "
    "trust two type unavailable undisclosed unit unknown unspecified update upheld upper value voting week "
    "weekly withdrawn without work workforce year yearly yes ",
)
"""Words of forms and records that are nobody's name. [ours]"""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_CODE = re.compile(r"[A-Za-z]{0,3}\d{1,3}[A-Za-z]?")
_ONE_WORD = re.compile(r"[^\W\d_]{1,20}|[a-z]+(?:_[a-z]+)*(?:_\d{1,2})?")
_OTHER = re.compile(r"[\w\s'’/|()&:;,.%+*<>=\-–—\[\]?]*")


@cache
def _words() -> frozenset[str]:
    found = {
        word for name, column in _LISTS.items() for row in tables.rows(name) for word in words_of(row[column])
    }
    names = {fold(row[column]) for row in tables.rows("known_as") for column in ("known_as", "full_name")}
    return frozenset((found | set(_PLAIN)) - names)


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def may_be_shown(text: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether every word of the text is one that the lists use, or one of `more` (folded words, such as headings')."""
    if len(text) > LONGEST_SHOWN or sum(c.isdigit() for c in text) > MOST_DIGITS:
        return False
    known = _words()
    return _OTHER.fullmatch(text) is not None and all(
        word in known or word in more or _CODE.fullmatch(word) is not None for word in words_of(text)
    )


def shown(text: object, more: frozenset[str] = frozenset()) -> str:
    """The text in quotation marks (as `repr` has it) where it may be shown, else its shape and that it is one; always short."""
    found = " ".join(str(text).split())
    if not found:
        return "blank"
    if may_be_shown(found, more):
        return repr(found)
    return f"a text of the shape {shape(found)}"


def shown_of_a_written_file(text: object) -> str:
    """As `shown`, for a field of a file that somebody keeps by hand (a plan, a mapping, comments): one word alone is shown
    too, since a slip of a list's word ("yearlyy") can only be mended by who sees it."""
    found = " ".join(str(text).split())
    return repr(found) if _ONE_WORD.fullmatch(found) else shown(found)


def shape(text: str | None, longest: int = LONGEST_SHAPE) -> str:
    """The form of a value without the value: letters as A or a, digits as 9 (`10949595-4` is `99999999-9`)."""
    if text is None or not text.strip():
        return "blank"
    found = "".join(
        "9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else " " if c.isspace() else c
        for c in text[: longest + 1]
    )
    return found if len(found) <= longest else found[: longest - 1] + "…"


LEFT_OUT = "Left out here, because it holds a person's particulars."
_SIGNS = re.compile(
    r"\b[a-z]+[._-][a-z'-]+\d*@[\w.-]+"  # first.last@
    r"|(?<![\d+])(?:\+44\s?\(?0?\)?\s?|0)7(?:[\s-]?\d){9}(?!\d)"  # mobile
    r"|(?<![a-z0-9])[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d](?![a-z0-9])"  # NI number
    r"|\b(?:born|d\.?o\.?b\.?|date of birth)\b\W{0,4}\d",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev)\.?\s+(?:[A-Z]\.?\s+)*[A-Z][\w'’-]+"
)


def holds_a_person(text: str) -> bool:
    """Whether the text has a sign of a person."""
    return _SIGNS.search(text) is not None or _TITLED.search(text) is not None


def without_people(text: str, instead: str = LEFT_OUT) -> str:
    """The text, or what stands instead of one that holds a person."""
    return instead if holds_a_person(text) else text
