"""Which column of a file is which: headings matched with a contract, and the header row found among what
stands above."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from wres_pipeline.extracts.contracts import Contract, column_of, heading_key, kinds, load
from wres_pipeline.extracts.naming import name_days
from wres_pipeline.reference.shown_text import may_be_shown, shape, words_of
from wres_pipeline.reference.tables import fold

DEEPEST_HEADER = 80
"""Rows looked at for the header; preambles of 8 and 14 rows were seen. [ours]"""
TALLEST_HEADER = 3
"""Rows one header may take, where cells were merged. [ours]"""
LEAST_WANTED = 1_000
"""Rank of a heading that only begins like a known one."""
NEAR = 0.84
"""Likeness (difflib) from which a heading is a slip of a known one, and is shown. [ours]"""
_SUBJECT = re.compile(
    r"""[\["']?(?:assignment|person|employee|staff|worker|applicant|candidate|application|member)s?[\]"']?\s*[:.|\u2013\u2014-]+\s*""",
    re.IGNORECASE,
)
"""What reporting tools put before a heading (`Assignment: Employee Number`); whoever else is named there, such as a
supervisor, is another person."""
_TABLE = re.compile(r"'?(?P<table>[^\[\]']+)'?\[(?P<heading>[^\[\]]+)\]")
"""A heading with its table, as Power BI exports it: `Staff[Employee Number]`."""
_OTHERS = re.compile(r"manager|supervisor|apprais|review|trainer|approv|investigat|leader", re.IGNORECASE)
_TURNED = frozenset({"non", "not"})
"""Words that turn a heading into its contrary."""
_QUESTION = re.compile(r"q?(\d{1,2}[a-d]?)\b")
_AS_AT = re.compile(
    r"\b(?:(?:effective|snapshot|position|census|reference)(?: (?:date|day|as at|at))?|as (?:at|of)|(?:period|month|year) end(?:ing|ed)?)"
    r"\b\W{0,5}(.{0,24})",
    re.IGNORECASE,
)
_SURVEY = re.compile(r"\bsurvey\b\D{0,20}\b(20\d\d)\b|\b(20\d\d)\b\D{0,20}\bsurvey\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """How the headings of one row stand to a contract.

    columns: canonical name -> index of the cell. unknown: indexes of headings no contract knows. repeated:
    indexes of headings that say what another column says already, with its canonical name; both kinds are kept in `extra`.
    """

    columns: Mapping[str, int]
    unknown: tuple[int, ...]
    repeated: Mapping[int, str]

    def missing(self, contract: Contract) -> tuple[str, ...]:
        """Canonical names that must be there and are not; of those marked `any`, all when none is there."""
        gone = [c.name for c in contract.needed("column", "row") if c.name not in self.columns]
        either = [c.name for c in contract.needed("any")]
        if either and not any(name in self.columns for name in either):
            gone.extend(either)
        return tuple(gone)


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: index of its first row, rows it takes, its texts, and what they match."""

    row: int
    height: int
    texts: tuple[str, ...]
    match: Match


def match(texts: Sequence[str], contract: Contract, local: Mapping[str, str]) -> Match:
    """Match headings with `contract`; `local` (folded heading -> canonical name) is asked first.

    Where two headings stand for one column, the one the contract lists first is taken.
    """
    names = {c.name for c in contract.columns}
    questions = _questions(contract)
    best: dict[str, tuple[int, int]] = {}
    unknown: list[int] = []
    repeated: dict[int, str] = {}
    for index, text in enumerate(texts):
        key = heading_key(text)
        if not key:
            continue
        mine = local.get(fold(text))
        found = (mine, -1) if mine in names else column_of(text, contract)
        if found is None and questions and (part := _QUESTION.match(key)) and f"q{part[1]}" in questions:
            found = (f"q{part[1]}", LEAST_WANTED)
        if found is None and (subject := _SUBJECT.match(text)):
            found = column_of(text[subject.end() :].strip("[]\"' "), contract)
        if found is None and (part := _TABLE.fullmatch(text.strip())) and not _OTHERS.search(part["table"]):
            found = column_of(part["heading"], contract)
        if found is None or found[0] is None:
            unknown.append(index)
        elif found[0] not in best:
            best[found[0]] = (found[1], index)
        elif found[1] < best[found[0]][0]:
            repeated[best[found[0]][1]] = found[0]
            best[found[0]] = (found[1], index)
        else:
            repeated[index] = found[0]
    return Match(
        {name: index for name, (_, index) in best.items()}, tuple(unknown), dict(sorted(repeated.items()))
    )


def _questions(contract: Contract) -> set[str]:
    """Columns named after survey questions: a data cell can read like them, so their headings stand in one row."""
    return {c.name for c in contract.columns if c.required == "any" and _QUESTION.fullmatch(c.name)}


def find_header(rows: Sequence[Sequence[str]], contract: Contract, local: Mapping[str, str]) -> Header | None:
    """The row (or rows, where cells were merged) that matches most columns; None when none matches two.

    A header of several rows is taken only when reading them together knows more columns than one row alone, and never
    where something stands below a heading that is whole by itself: that is the first row of data.
    The first row that holds every needed column, and more known headings than unknown ones, ends the search.
    """
    best: Header | None = None
    best_score = (1, 0)
    enough = 2 if len(contract.columns) > 2 else 1
    tallest = 1 if _questions(contract) else TALLEST_HEADER
    for start in range(min(len(rows), DEEPEST_HEADER)):
        if not any(cell.strip() for cell in rows[start]):
            continue
        for height in range(1, tallest + 1):
            if start + height > len(rows):
                break
            if height > 1 and _data_below(rows[start : start + height], contract):
                break
            texts = tuple(rows[start]) if height == 1 else _joined(rows[start : start + height], contract)
            found = match(texts, contract, local)
            lacking = len(found.missing(contract))
            if height == 1 and not lacking and len(found.columns) >= max(enough, len(found.unknown)):
                return Header(start, height, texts, found)
            if _bare_numbers(texts) >= max(1, len(found.columns)):
                continue  # a row of data in which a word or two could be headings
            score = (len(found.columns) - 2 * lacking, -start)
            if len(found.columns) >= enough and (best is None or score[0] > best_score[0]):
                best, best_score = Header(start, height, texts, found), score
    return best


def _bare_numbers(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if re.fullmatch(r"\s*\d+[.,]\d+\s*%?\s*", text))


def _data_below(rows: Sequence[Sequence[str]], contract: Contract) -> bool:
    """Whether the last of these rows is data: a text of its own stands below a heading that needs none.

    `Number` below `Employee` makes one heading of two rows; `21500000` below `Employee Number` does not, nor does `Exec`
    below `Exec/NED`, though it is a heading somewhere.
    """
    *above, last = rows
    for index, text in enumerate(last):
        over = next((row[index] for row in reversed(above) if index < len(row) and row[index].strip()), "")
        if not text.strip() or not over:
            continue
        whole = column_of(over, contract)
        if whole is not None and column_of(f"{over} {text}", contract) is None:
            below = column_of(text, contract)
            if below is None or below[0] != whole[0]:
                return True
    return False


def _joined(rows: Sequence[Sequence[str]], contract: Contract) -> tuple[str, ...]:
    """One heading a column from several rows: the longest reading the contract knows, else all of them."""
    width = max(len(row) for row in rows)
    spread = []
    for number, row in enumerate(rows):
        cells, last = [], ""
        for index in range(width):
            text = row[index].strip() if index < len(row) else ""
            # A merged cell keeps its text in its first column only; the last row is never merged sideways.
            last = text or (last if number < len(rows) - 1 else "")
            cells.append(last)
        spread.append(cells)
    texts = []
    for index in range(width):
        parts = list(dict.fromkeys(cells[index] for cells in spread if cells[index]))
        own = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        readings = [" ".join(parts[n:]) for n in range(len(parts))] + (own[:1] if own else [])
        texts.append(next((r for r in readings if column_of(r, contract)), " ".join(parts)))
    return tuple(texts)


def said_above(rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """What the lines above the headings say: the day the list is of (`Effective Date: 31-MAR-2020`), the year of the survey."""
    lines = [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows]
    days = {
        found[0].day.isoformat()
        for line in lines
        for said in _AS_AT.finditer(line)
        if (found := sorted(name_days.days(said[1]), key=lambda one: one.place)) and not found[0].place
    }
    surveys = {said[1] or said[2] for line in lines for said in _SURVEY.finditer(line)}
    told = {"days_above": sorted(days), "surveys_above": sorted(surveys)}
    return {name: found for name, found in told.items() if found}


def turned(text: str) -> bool:
    """Whether a heading may say the contrary of a known one, as `Non Mandatory` does: it is then never offered for it."""
    return bool(_TURNED & {*heading_key(text).split()})


def nearest(text: str, contract: Contract, most: int = 3) -> list[tuple[str, str]]:
    """(heading, canonical name) of the known headings most like `text`: a suggestion, never applied by
    itself."""
    spelt: dict[str, tuple[str, str]] = {}
    if turned(text):
        return []
    for column in contract.columns:
        for heading in (*column.headings, column.name):
            spelt.setdefault(heading_key(heading), (heading, column.name))
    return [
        spelt[key] for key in difflib.get_close_matches(heading_key(text), list(spelt), n=most, cutoff=0.6)
    ]


def showable(text: str) -> str:
    """A heading or label as a message may have it: itself where every word is one of the lists' or of a known heading,
    or the whole is a slip of a known heading; else its shape."""
    found = " ".join(text.split())
    if may_be_shown(found, heading_words()) or difflib.get_close_matches(
        heading_key(found), _known(), 1, NEAR
    ):
        return found
    return f"(text of the shape {shape(found)})"


def heading_or_place(text: str, column: int) -> str:
    """A heading that no contract knows as a message may have it, or which column of the file it heads (from 1)."""
    told = showable(text)
    return told if told == " ".join(text.split()) else f"column {column} {told}"


@cache
def _known() -> list[str]:
    known = (load(kind) for kind in kinds())
    return sorted({heading_key(text) for one in known for c in one.columns for text in (*c.headings, c.name)})


@cache
def heading_words() -> frozenset[str]:
    """Every word that stands in a heading some contract knows."""
    known = (load(kind) for kind in kinds())
    texts = (text for contract in known for c in contract.columns for text in (*c.headings, c.name))
    return frozenset(word for text in texts for word in words_of(text))
