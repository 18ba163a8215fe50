"""What each kind of extract holds: one CSV a kind, read by every part that needs a column's name, type or
headings.

`kinds.csv`: one row a kind: title, what one row of it is, the file names it goes by, what its period is, and
whether a row that stands twice is set aside (`duplicates`), whether headings without rows are a nil return
(`may_be_empty`: a body with no case has an empty list; everything else without rows is refused).
`<kind>.csv`: one row a column: `name, type, required, headings, description, personal, evidence` and `stored`: no where a column is not kept, `answered` where only it is kept that there is an answer. Headings
are separated by `|`, the most wanted first; a column `headings_<year>` may add those of one year. `required`:
`column` (the heading must be there), `row` (and a row without a value is set aside), `any` (at least one of
the columns so marked, in the heading and in each row).
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from wres_pipeline.reference import indicators
from wres_pipeline.reference.tables import fold

PARTICULARS = frozenset(
    {
        "first_name", "last_name", "name", "applicant_first_name", "applicant_last_name", "applicant_name", "date_of_birth",
        "ni_number", "email", "postcode",
    }
)  # fmt: skip
"""Columns that name a person; `name` is a board member's."""

TYPES = (
    "id", "text", "date", "yes_no", "yes_no_or_date", "number", "integer", "ethnicity", "label",
)  # fmt: skip
REQUIRED = ("", "column", "row", "any")
_NOISE = re.compile(r"[^\w%]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A canonical column. personal: True where a value tells of one person. evidence: how sure the headings
    are. stored: False for a column that no figure, link or check reads: it is known, so that nobody is asked about its
    heading, and its values are not kept (UK GDPR article 5(1)(c)). answered: True for a protected characteristic of which
    nothing is kept but whether the row holds an answer, so that one that stops arriving can be told."""

    name: str
    type: str
    required: str
    headings: tuple[str, ...]
    description: str
    personal: bool
    evidence: str
    stored: bool = True
    answered: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """The columns of one kind, in the order of its raw table.

    period: `snapshot`, `as_at`, `survey_year`, `survey_year_optional`, `reporting_year` or `none`. names: how file names of it
    begin.
    """

    kind: str
    title: str
    one_row_is: str
    names: tuple[str, ...]
    period: str
    set_duplicates_aside: bool
    may_be_empty: bool
    columns: tuple[Column, ...]

    @property
    def table(self) -> str:
        return f"raw_{self.kind}"

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    def of_type(self, *types: str) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.type in types)

    def needed(self, *required: str) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.required in required)


class ContractError(ValueError):
    """A contract file contradicts itself; names the file and the row."""


@lru_cache(maxsize=65536)
def heading_key(text: str) -> str:
    """The look-up key of a heading: as a label's, and without punctuation (`Mandatory (Y/N)` is `mandatory y
    n`)."""
    return _NOISE.sub(" ", fold(text)).strip()


@cache
def kinds() -> tuple[str, ...]:
    """Every kind, in the order of `kinds.csv`."""
    return tuple(row["kind"] for row in _rows("kinds"))


@cache
def load(kind: str) -> Contract:
    """The contract of `kind`; raises ContractError for an unknown kind or a file that contradicts itself."""
    about = next((row for row in _rows("kinds") if row["kind"] == kind), None)
    if about is None:
        raise ContractError(f"kinds.csv: no kind {kind!r}; there are {', '.join(kinds())}")
    columns = tuple(
        Column(
            name=row["name"],
            type=row["type"],
            required=row["required"],
            headings=tuple(
                dict.fromkeys(
                    h
                    for n, cell in row.items()
                    if n.startswith("headings")
                    for h in (cell or "").split("|")
                    if h
                )
            ),
            description=row["description"],
            personal=row["personal"] == "yes",
            evidence=row["evidence"],
            stored=row.get("stored", "") != "no",
            answered=row.get("stored", "") == "answered",
        )
        for row in _rows(kind)
    )
    for column in columns:
        if column.type not in TYPES or column.required not in REQUIRED:
            raise ContractError(
                f"{kind}.csv: {column.name}: type {column.type!r}, required {column.required!r}"
            )
    contract = Contract(
        kind=kind,
        title=about["title"],
        one_row_is=about["one_row_is"],
        names=tuple(about["names"].split("|")),
        period=about["period"],
        set_duplicates_aside=about["duplicates"] == "quarantine",
        may_be_empty=about["may_be_empty"] == "yes",
        columns=columns,
    )
    known_headings(contract)
    return contract


@cache
def known_headings(contract: Contract) -> MappingProxyType[str, tuple[str, int]]:
    """Heading key -> (canonical name, rank): rank 0 is the most wanted heading of its column.

    Raises ContractError when one heading stands for two columns.
    """
    known: dict[str, tuple[str, int]] = {}
    for column in contract.columns:
        for rank, heading in enumerate((*column.headings, column.name)):
            found = known.setdefault(heading_key(heading), (column.name, rank))
            if found[0] != column.name:
                raise ContractError(
                    f"{contract.kind}.csv: {heading!r} stands for {found[0]} and {column.name}"
                )
    return MappingProxyType(known)


@cache
def _run_together(contract: Contract) -> MappingProxyType[str, tuple[str, int]]:
    """As `known_headings`, by the heading without blanks: `EthnicOrigin` and `ETHNIC_ORIGIN` are one heading.

    A form that would stand for two columns stands for neither.
    """
    found: dict[str, tuple[str, int]] = {}
    twice: set[str] = set()
    for key, means in known_headings(contract).items():
        short = key.replace(" ", "")
        if found.setdefault(short, means)[0] != means[0]:
            twice.add(short)
    return MappingProxyType({short: means for short, means in found.items() if short not in twice})


def column_of(text: str, contract: Contract) -> tuple[str, int] | None:
    """(canonical name, rank) of the column a heading stands for; None for one the contract does not know."""
    key = heading_key(text)
    if not key:
        return None
    exact = known_headings(contract).get(key)
    # A number with a point (`1.5`) is no heading run together.
    return exact or (_run_together(contract).get(key.replace(" ", "")) if key[0].isalpha() else None)


@cache
def fingerprint(kind: str) -> str:
    """Twelve hex digits over the contract of `kind`: another contract reads a file otherwise."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in _files(kind))).hexdigest()[:12]


def _files(name: str) -> list[Path]:
    """The files of that name: of this room, and of the folders of further indicators."""
    folders = (Path(__file__).parent, *indicators.folders())
    return [path for folder in folders if (path := folder / f"{name}.csv").is_file()]


def _rows(name: str) -> list[dict[str, str]]:
    return [
        row for path in _files(name) for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
