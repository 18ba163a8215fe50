"""A reader who tries to work withheld counts out of published files: figures.csv, the workbook, the pages.

Written apart from the disclosure room, from the words of the return alone, so that a mistake there is not
repeated here. It reads files, never figures in memory.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import highspy
import numpy as np
import scipy.sparse
from scipy.sparse.csgraph import connected_components

#: (year, what is counted, cluster, band, ethnic group); where files of several organisations are read together, the
#: year has the organisation's name in front
Key = tuple[str, str, str, str, str]
GROUPS = ("White", "BME", "Unknown")
COUNTED = {
    ("1", "headcount"): "staff",
    ("2", "shortlisted"): "shortlisted",
    ("2", "appointed"): "appointed",
    ("3", "workforce"): "staff",
    ("3", "entered_disciplinary"): "entered",
    ("4", "workforce"): "staff",
    ("4", "accessed_training"): "trained",
    ("9", "headcount"): "board",
}
TIERS = {
    "lower": {"Under Band 1", *(f"Band {n}" for n in range(1, 6))},
    "middle": {"Band 6", "Band 7"},
    "upper": {"Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"},
}
BIG = 100_000.0
#: stands in a row for a number that is known
CONSTANT = -1
SUBSET = "of which Senior medical manager"
BANDS_TOGETHER = {
    "Band 4 and below": TIERS["lower"] - {"Band 5"},
    "Bands 5 to 7": {"Band 5"} | TIERS["middle"],
    "Band 8a and above": TIERS["upper"],
}
"""Rows that add up several bands, of one cluster or, with none named, of clinical and non-clinical staff."""
TOGETHER = re.compile(r"(20\d\d) to (20\d\d) together")
"""How a count that adds up several years names them, in the place of a band."""


@dataclass
class Knowledge:
    """What files say: ranges of counts, which are withheld, and percentages of one count in another (low,
    high).
    """

    ranges: dict[Key, tuple[float, float]] = field(default_factory=dict)
    withheld: set[Key] = field(default_factory=set)
    printed: set[Key] = field(default_factory=set)
    whole: set[Key] = field(default_factory=set)
    shares: list[tuple[Key, Key, float, float]] = field(default_factory=list)
    tiers: list[tuple[str, str, str, str, float]] = field(default_factory=list)
    impossible: list[Key] = field(default_factory=list)
    rounded: bool = False
    least: int = 1
    """The smallest count that the rule, which every edition tells, lets be printed (noughts apart)."""
    together: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """(year of a system, the years of its members): every count of the first is the sum of theirs."""

    def know(self, key: Key, low: float, high: float) -> None:
        """Narrows what is known of a count."""
        before = self.ranges.get(key, (0.0, BIG))
        narrowed = (max(low, before[0]), min(high, before[1]))
        if narrowed[0] > narrowed[1]:
            self.impossible.append(key)
        else:
            self.ranges[key] = narrowed

    def take(self, other: Knowledge) -> None:
        """Takes over what another file says."""
        for key, (low, high) in other.ranges.items():
            self.know(key, low, high)
        for name in ("withheld", "printed", "whole"):
            getattr(self, name).update(getattr(other, name))
        for name in ("shares", "tiers", "impossible", "together"):
            mine = getattr(self, name)
            mine += [each for each in getattr(other, name) if each not in mine]

    def hide(self, key: Key, note: str = "") -> None:
        """A file says that the count is withheld: it is not zero, unless a whole breakdown is."""
        self.withheld.add(key)
        whole = "whole breakdown" in note
        if whole:
            self.whole.add(key)
        self.know(key, 0.0 if whole else 1.0, BIG)

    def hide_within(self, key: Key, low: float, high: float) -> None:
        """A file says of a withheld count that it lies between two others."""
        self.withheld.add(key)
        self.know(key, low, high)

    def print_count(self, key: Key, count: float, rounded_to: int) -> None:
        """A file prints the count, exactly or rounded."""
        self.printed.add(key)
        # the board is counted in full under every rule
        if rounded_to and count and key[1] != "board":
            self.know(key, max(self.least, count - rounded_to // 2), count + (rounded_to - 1) // 2)
        else:
            self.know(key, count, count)


def read_csv(
    path: Path, into: Knowledge, rounded_to: int = 0, *, of: str = "", of_a_system: bool = False
) -> None:
    """Takes in figures.csv, every number at its full precision; `of` is put before the year.

    A count that a system withholds may be any: it says only that some member withholds its own.
    """
    into.rounded = bool(rounded_to)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        table = COUNTED.get((row["indicator"], row["measure"]))
        year, cluster, band, group = (
            of + row["reporting_year"],
            row["cluster"],
            row["band"],
            row["ethnic_group"],
        )
        if table:
            key = _place(year, table, cluster, band, group)
            if row["state"] == "withheld" and of_a_system:
                into.know(key, 0.0, BIG)
            elif row["state"] == "withheld" and row["range_low"]:
                into.hide_within(key, float(row["range_low"]), float(row["range_high"]))
            elif row["state"] == "withheld":
                into.hide(key, row["note"])
            elif row["value"]:
                into.print_count(key, float(row["value"]), rounded_to)
            if row["bound_low"]:
                low, high = float(row["bound_low"]), float(row["bound_high"])
                into.know(key, low, low)
                into.know((*key[:4], "Unknown"), high - low, high - low)
        elif row["range_low"] and row["unit"] == "percent" and row["indicator"] not in "5678":
            top, bottom = _counts_of_share(row, year, cluster, band, group)
            into.shares.append((top, bottom, float(row["range_low"]) - 1e-7, float(row["range_high"]) + 1e-7))
        elif row["value"] and row["unit"] == "percent" and row["indicator"] not in "5678":
            _share(into, row, year, cluster, band, group, rounded_to)
        elif row["value"] and row["indicator"] == "race_disparity":
            lower, upper = row["measure"].split("_to_")
            into.tiers.append((year, cluster, lower, upper, float(row["value"])))
        elif row["value"] and row["measure"].startswith("relative_likelihood") and not row["band"]:
            _ratio(into, row["indicator"], year, rounded_to, row)


def _counts_of_share(row: dict[str, str], year: str, cluster: str, band: str, group: str) -> tuple[Key, Key]:
    tables = {"1": ("staff", "staff"), "2": ("appointed", "shortlisted"), "3": ("entered", "staff")}
    top, bottom = tables.get(
        row["indicator"], ("trained", "staff") if row["indicator"] == "4" else ("board",) * 2
    )
    of = "" if row["indicator"] in "19" else group
    return _place(year, top, cluster, band, group), _place(year, bottom, cluster, band, of)


def _share(
    into: Knowledge, row: dict[str, str], year: str, cluster: str, band: str, group: str, rounded_to: int
) -> None:
    keys = _counts_of_share(row, year, cluster, band, group)
    if row["value"] and not rounded_to:
        into.shares.append((*keys, float(row["value"]) - 1e-7, float(row["value"]) + 1e-7))
    for key, name in zip(keys, ("numerator", "denominator"), strict=True):
        if row[name]:
            into.print_count(key, float(row[name]), rounded_to)


def _ratio(into: Knowledge, indicator: str, year: str, rounded_to: int, row: dict[str, str]) -> None:
    # a printed ratio may not rest on a withheld count; its four counts must be printed already
    tables = {"2": ("appointed", "shortlisted"), "3": ("entered", "staff"), "4": ("trained", "staff")}[
        indicator
    ]
    for table in tables:
        for group in GROUPS[:2]:
            if (year, table, "", "", group) in into.withheld:
                into.impossible.append((year, table, "", "", f"{group}: under a printed ratio"))


def _place(year: str, table: str, cluster: str, band: str, group: str) -> Key:
    if table == "board" and band == "workforce":
        return (year, "staff", "", "", group)
    return (year, table, cluster, band, group)


class _Tables(HTMLParser):
    """Captions and cells of the tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.text: list[str] | None = None
        self.caption, self.rows = "", []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.caption, self.rows = "", []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th", "caption"):
            self.text = []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption") and self.text is not None:
            words = " ".join("".join(self.text).split())
            if tag == "caption":
                self.caption = words
            else:
                self.rows[-1].append(words)
            self.text = None
        elif tag == "table":
            self.tables.append((self.caption, self.rows))


PAGE_ROWS = {
    "Shortlisted": "shortlisted",
    "Appointed": "appointed",
    "Workforce": "staff",
    "Entered the formal disciplinary process": "entered",
    "Accessed non-mandatory training and CPD": "trained",
}
PAGE_CLUSTERS = {
    "Non-clinical": "non_clinical",
    "Clinical": "clinical",
    "Medical and dental": "medical_and_dental",
    "Whole workforce": "",
}
PAGE_BOARD = {
    "Whole board": "board",
    "Voting members": "voting",
    "Non-voting members": "non_voting",
    "Executive members": "executive",
    "Non-executive members": "non_executive",
}


def read_pages(
    folder: Path, into: Knowledge, rounded_to: int = 0, *, of: str = "", of_a_system: bool = False
) -> int:
    """Takes in the tables of counts of the pages; gives how many cells were read. `of` is put before the year."""
    cells = 0
    for page in sorted(folder.glob("*.html")):
        parser = _Tables()
        parser.feed(page.read_text(encoding="utf-8"))
        for caption, rows in parser.tables:
            together = TOGETHER.search(caption)
            years_named = together[0] if together else ""
            found = re.search(r"\b(20\d\d)\b", caption)
            year = together[2] if together else found[1] if found else ""
            if not year or not rows or "White" not in rows[0]:
                continue
            for row in rows[1:]:
                place = _page_row(_page_of(page.name, caption), caption, row[0])
                if place is None:
                    continue
                table, cluster, band = place
                for heading, text in zip(rows[0][1:], row[1:], strict=False):
                    group = {"All": ""}.get(heading, heading)
                    key = _place(of + year, table, cluster, band or years_named, group)
                    if of_a_system and (text == "withheld" or " " in text):
                        cells += group in ("", *GROUPS)
                    elif group in ("", *GROUPS):
                        cells += _page_cell(into, key, text, rounded_to)
                    elif heading == "BME %" and not rounded_to:
                        whole = _place(of + year, table, cluster, band, "")
                        _shown_share(into, (*whole[:4], "BME"), whole, text)
    return cells


def _shown_share(into: Knowledge, top: Key, bottom: Key, text: str) -> None:
    """A percentage as a page prints it, or the range it prints in its place."""
    said = re.fullmatch(r"(?:between ([\d.]+)% and )?([\d.]+)%", text)
    if said:
        last = float(said[2])
        first = float(said[1]) if said[1] else last
        into.shares.append((top, bottom, first - 0.0501, last + 0.0501))


def _page_of(page: str, caption: str) -> str:
    """The indicator's page a table belongs to: a system has all of them on its first page."""
    if page != "index.html":
        return page
    number = re.match(r"Indicator (\d)", caption)
    return f"indicator-{number[1] if number else '9' if caption.startswith('Board') else '1'}.html"


def _page_row(page: str, caption: str, name: str) -> tuple[str, str, str] | None:
    if name in PAGE_ROWS and page in ("indicator-2.html", "indicator-3.html", "indicator-4.html"):
        return PAGE_ROWS[name], "", ""
    if page == "indicator-9.html":
        return ("board", "", PAGE_BOARD[name]) if name in PAGE_BOARD else None
    if page != "indicator-1.html":
        return None
    if caption.startswith("Several bands together"):
        who, band = name.split(": ")
        return ("staff", PAGE_CLUSTERS.get(who, ""), band)
    if caption.startswith("The workforce"):
        return ("staff", PAGE_CLUSTERS[name], "") if name in PAGE_CLUSTERS else None
    cluster = next(
        (code for words, code in PAGE_CLUSTERS.items() if code and caption.startswith(words)), None
    )
    return None if cluster is None else ("staff", cluster, "" if name == "All bands" else name)


def _page_cell(into: Knowledge, key: Key, text: str, rounded_to: int) -> int:
    if text == "withheld":
        into.withheld.add(key)
        into.know(key, 0.0 if key in into.whole else 1.0, BIG)
        return 1
    said = re.fullmatch(r"fewer than ([\d,]+)|([\d,]+) to ([\d,]+)", text)
    if said:
        few, low, high = (float(part.replace(",", "")) if part else 0.0 for part in said.groups())
        into.hide_within(key, low or 0.5, high or few - 0.5)
        return 1
    if re.fullmatch(r"[\d,]+(\.\d)?", text):
        into.print_count(key, float(text.replace(",", "")), rounded_to)
        return 1
    return 0


MEASURES = {
    "Headcount": "headcount",
    "Shortlisted": "shortlisted",
    "Appointed": "appointed",
    "Workforce": "workforce",
    "Entered the formal disciplinary process": "entered_disciplinary",
    "Accessed non-mandatory training and CPD": "accessed_training",
}


def read_workbook(path: Path, into: Knowledge, rounded_to: int = 0) -> int:
    """Takes in the counts of the workbook's sheet of all figures; gives how many cells were read."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("All figures").to_python()
    cells = 0
    for row in rows:
        table = COUNTED.get((str(row[1]), MEASURES.get(str(row[2]), "")))
        if table is None:
            continue
        cluster = PAGE_CLUSTERS.get(str(row[3]), "")
        band = {"All bands": "", "Workforce": "workforce"}.get(
            str(row[4]), PAGE_BOARD.get(str(row[4]), str(row[4]))
        )
        group = "" if row[5] == "All groups" else str(row[5])
        shown = row[6]
        text = f"{shown:.1f}".removesuffix(".0") if isinstance(shown, float) else str(shown)
        band = band if (table in ("board", "staff") and row[1] in ("1", "9")) or TOGETHER.match(band) else ""
        cells += _page_cell(into, _place(str(int(row[0])), table, cluster, band, group), text, rounded_to)
    return cells


def sums(keys: set[Key]) -> list[tuple[Key, list[Key]]]:
    """Which count is the sum of which others, from what the words of a return mean."""
    found: list[tuple[Key, list[Key]]] = []
    lines: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key in keys:
        lines[key[:4]].add(key[4])
    for (year, table, cluster, band), groups in sorted(lines.items()):
        if groups == {"", *GROUPS}:
            found.append(
                ((year, table, cluster, band, ""), [(year, table, cluster, band, group) for group in GROUPS])
            )
    for group in ("", *GROUPS):
        for year in sorted({key[0] for key in keys}):
            clusters = [
                key
                for key in keys
                if key[:2] == (year, "staff") and key[2] and not key[3] and key[4] == group
            ]
            for cluster in clusters:
                bands = [
                    key
                    for key in keys
                    if key[:3] == cluster[:3]
                    and key[3] not in ("", SUBSET, *BANDS_TOGETHER)
                    and key[4] == group
                ]
                if bands:
                    found.append((cluster, sorted(bands)))
            if clusters and (year, "staff", "", "", group) in keys:
                found.append(((year, "staff", "", "", group), sorted(clusters)))
            for one, other in (("voting", "non_voting"), ("executive", "non_executive")):
                parts = [(year, "board", "", part, group) for part in ("board", one, other)]
                if all(part in keys for part in parts):
                    found.append((parts[0], parts[1:]))
    return found


def sums_of_bands(keys: set[Key]) -> list[tuple[Key, list[Key]]]:
    """Which count of several bands together is the sum of which counts of single bands."""
    found = []
    for key in sorted(keys):
        year, table, cluster, band, group = key
        if table == "staff" and band in BANDS_TOGETHER:
            parts = [
                (year, table, each, one, group)
                for each in ((cluster,) if cluster else ("clinical", "non_clinical"))
                for one in sorted(BANDS_TOGETHER[band])
            ]
            if all(part in keys for part in parts):
                found.append((key, parts))
    return found


def sums_over_years(keys: set[Key]) -> list[tuple[Key, list[Key]]]:
    """Which count of several years together is the sum of which counts of single years, where all of them are told."""
    found = []
    for key in sorted(keys):
        named = TOGETHER.fullmatch(key[3])
        if named:
            whose = key[0].removesuffix(named[2])
            parts = [
                (f"{whose}{year}", key[1], key[2], "", key[4])
                for year in range(int(named[1]), int(named[2]) + 1)
            ]
            if all(part in keys for part in parts):
                found.append((key, parts))
    return found


def members_sums(known: Knowledge) -> list[tuple[Key, list[Key]]]:
    """Which count of a system is the sum of which counts of its members, where all of them are named."""
    found = []
    for system, members in known.together:
        for key in sorted(known.ranges):
            parts = [(member, *key[1:]) for member in members]
            if key[0] == system and all(part in known.ranges for part in parts):
                found.append((key, parts))
    return found


def not_more_than(keys: set[Key]) -> list[tuple[Key, Key]]:
    """(smaller, larger)."""
    found = []
    for key in sorted(keys):
        year, table, cluster, band, group = key
        larger: Key | None = None
        if table == "appointed":
            larger = (year, "shortlisted", "", band, group)
        elif table == "trained":
            larger = (year, "staff", "", band, group)
        elif table == "staff" and band == SUBSET:
            larger = (year, "staff", cluster, "Consultants", group)
        if larger in keys and larger is not None:
            found.append((key, larger))
    return found


def attack(
    known: Knowledge, width: int, more: Iterable[tuple[Key, list[Key]]] = ()
) -> dict[Key, tuple[float, float]]:
    """The withheld counts that lie in a range narrower than `width`, with the range. Whole numbers
    throughout.

    more: further sums, (total, parts). An average of two years counts in halves; here it is let lie anywhere, and must be as wide all the same.
    """
    for key in known.withheld:
        if known.ranges[key][0] == known.ranges[key][1]:
            known.impossible.append(key)
    keys = set(known.ranges)
    order = sorted(keys)
    place = {key: number for number, key in enumerate(order)}
    equal: list[dict[int, float]] = []
    for total, parts in [
        *sums(keys),
        *sums_of_bands(keys),
        *sums_over_years(keys),
        *members_sums(known),
        *more,
    ]:
        equal.append({place[total]: -1.0} | {place[part]: 1.0 for part in parts})
    least: list[dict[int, float]] = [{place[a]: 1.0, place[b]: -1.0} for a, b in not_more_than(keys)]
    if not known.rounded:
        equal += [
            {place[key]: 1.0 for key in parts} | {CONSTANT: -total} for parts, total in tier_sums(known)
        ]
    for top, bottom, low, high in known.shares:
        if top in place and bottom in place and top != bottom:
            least.append({place[top]: 100.0, place[bottom]: -high})
            least.append({place[top]: -100.0, place[bottom]: low})
    low_of = np.array([known.ranges[key][0] for key in order])
    high_of = np.array([known.ranges[key][1] for key in order])
    found = _narrow(order, known.withheld, equal, least, low_of, high_of, width)
    # of a breakdown withheld whole, its noughts too, a nought that shows through tells what every other table prints
    return {key: ends for key, ends in found.items() if key not in known.whole or ends[1] > 0}


def _narrow(
    order: list[Key],
    withheld: set[Key],
    equal: list[dict[int, float]],
    least: list[dict[int, float]],
    low: np.ndarray,
    high: np.ndarray,
    width: int,
) -> dict[Key, tuple[float, float]]:
    open_columns = np.flatnonzero(low < high)
    halves = {number for number, key in enumerate(order) if key[1] == "entered"}
    column_of = {int(column): number for number, column in enumerate(open_columns)}
    rows = []
    for kind, group in (("=", equal), ("<", least)):
        for row in group:
            given = sum(v * (1.0 if c == CONSTANT else low[c]) for c, v in row.items() if c not in column_of)
            rows.append(({c: v for c, v in row.items() if c in column_of}, -given, kind))
    rows = [row for row in rows if row[0]]
    ties = [(column_of[c], len(open_columns) + n) for n, (entries, _, _) in enumerate(rows) for c in entries]
    size = len(open_columns) + len(rows)
    links = scipy.sparse.coo_matrix(
        (np.ones(len(ties)), tuple(zip(*ties, strict=True)) or ([], [])), (size, size)
    )
    _, label = connected_components(links, directed=False)
    narrow: dict[Key, tuple[float, float]] = {}
    members: dict[int, list[int]] = defaultdict(list)
    own_rows: dict[int, list[tuple[dict[int, float], float, str]]] = defaultdict(list)
    for number, column in enumerate(open_columns):
        members[label[number]].append(int(column))
    for number, row in enumerate(rows):
        own_rows[label[len(open_columns) + number]].append(row)
    for part, mine in members.items():
        own = own_rows[part]
        targets = [c for c in mine if order[c] in withheld]
        for column, (lowest, highest) in _ends(mine, own, targets, low, high, width, halves).items():
            if highest - lowest < width:
                narrow[order[column]] = (lowest, highest)
    for number, key in enumerate(order):
        if key in withheld and low[number] == high[number]:
            narrow[key] = (low[number], high[number])
    return narrow


def _ends(
    columns: list[int],
    rows: list[tuple[dict[int, float], float, str]],
    targets: list[int],
    low: np.ndarray,
    high: np.ndarray,
    width: int,
    halves: set[int],
) -> dict[int, tuple[float, float]]:
    """Lowest and highest of each target over whole numbers (`halves`: columns that need not be whole), as far as they are
    needed: whole points met on the way that lie `width` apart are enough.
    """
    if not targets:
        return {}
    program = _Program(columns, rows, low, high, halves)
    ends: dict[int, tuple[float, float]] = {}
    for column in targets:
        at = program.place[column]
        for sign in (1.0, -1.0):
            if program.seen_high[at] - program.seen_low[at] < width:
                program.least(at, sign)
        if program.seen_high[at] - program.seen_low[at] >= width:
            continue
        lowest, highest = program.ends[at]
        if highest - lowest >= width:
            lowest, highest = program.whole_ends(at)
        ends[column] = (round(lowest, 6), round(highest, 6))
    return ends


class _Program:
    """The reader's sums of some counts, asked for the least and most of one after another."""

    def __init__(
        self,
        columns: list[int],
        rows: list[tuple[dict[int, float], float, str]],
        low: np.ndarray,
        high: np.ndarray,
        halves: set[int],
    ) -> None:
        self.place = {column: number for number, column in enumerate(columns)}
        self.need_not = np.array([column in halves for column in columns])
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(columns), len(rows)
        model.col_cost_ = np.zeros(len(columns))
        model.col_lower_, model.col_upper_ = low[columns], high[columns]
        model.row_lower_ = np.array([right if kind == "=" else -np.inf for _, right, kind in rows])
        model.row_upper_ = np.array([right for _, right, _ in rows])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(entries) for entries, _, _ in rows)])
        matrix.index_ = np.array([self.place[c] for entries, _, _ in rows for c in entries])
        matrix.value_ = np.array([value for entries, _, _ in rows for value in entries.values()])
        self.model = model
        self.solver = _solver(model)
        self.solver.setOptionValue("presolve", "off")
        self.aim = 0
        self.seen_low, self.seen_high = np.full(len(columns), np.inf), np.full(len(columns), -np.inf)
        self.ends: dict[int, tuple[float, float]] = {}

    def least(self, at: int, sign: float) -> None:
        """Solves for one end of a count, and keeps the point if it is whole."""
        self.solver.changeColCost(self.aim, 0.0)
        self.solver.changeColCost(at, sign)
        self.aim = at
        point = _solved(self.solver)
        self.solver.setOptionValue("simplex_strategy", 4)
        whole = np.where(self.need_not, point, np.round(point))
        if np.all(np.abs(whole - point) < 1e-6):
            self.seen_low = np.minimum(self.seen_low, whole)
            self.seen_high = np.maximum(self.seen_high, whole)
        before = self.ends.get(at, (-np.inf, np.inf))
        self.ends[at] = (point[at], before[1]) if sign > 0 else (before[0], point[at])

    def whole_ends(self, at: int) -> tuple[float, float]:
        """Both ends of a count over whole numbers."""
        kinds = [highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous]
        self.model.integrality_ = [kinds[int(free)] for free in self.need_not]
        found = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.need_not))
            cost[at] = sign
            self.model.col_cost_ = cost
            found.append(float(_solved(_solver(self.model))[at]))
        return found[0], found[1]


def _solver(model: highspy.HighsLp) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # as the package: HiGHS has one pool of threads a process
    solver.passModel(model)
    return solver


def _solved(solver: highspy.Highs) -> np.ndarray:
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        words = solver.modelStatusToString(solver.getModelStatus())
        raise ValueError(f"the published tables cannot all be true: {words}")
    return np.array(solver.getSolution().col_value)


def tier_sums(known: Knowledge) -> list[tuple[set[Key], float]]:
    """What printed disparity ratios add: where three of the four counts under one are known, the fourth
    follows.

    Gives (the counts of a tier, their sum). For files with exact counts only.
    """
    found = []
    for year, cluster, lower, upper, ratio in known.tiers:
        cells = {
            (tier, group): {
                key
                for key in known.ranges
                if key[:2] == (year, "staff")
                and key[2] in ([cluster] if cluster else ["clinical", "non_clinical"])
                and key[3] in TIERS[tier]
                and key[4] == group
            }
            for tier in (lower, upper)
            for group in GROUPS[:2]
        }
        totals = {
            place: sum(known.ranges[key][0] for key in keys)
            for place, keys in cells.items()
            if all(known.ranges[key][0] == known.ranges[key][1] for key in keys)
        }
        unknown = [place for place in cells if place not in totals]
        if len(unknown) != 1:
            continue
        totals[unknown[0]] = 1.0
        odds = (totals[upper, "White"] * totals[lower, "BME"]) / (
            totals[lower, "White"] * totals[upper, "BME"]
        )
        # the unknown stands above the line or below it
        above = unknown[0] in ((upper, "White"), (lower, "BME"))
        found.append((cells[unknown[0]], round(ratio / odds if above else odds / ratio)))
    return found
