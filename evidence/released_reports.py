"""What else leaves the building beside the annual return: monthly reports, and corrected returns, made and read back.

The reading is written apart from the disclosure room, as `public_files` is: from the words of the files and from what the
report means by its columns.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from evidence.public_files import BIG, SUBSET, Key, Knowledge
from wres_pipeline.indicators.counts import Groups, OrganisationCounts, Workforce
from wres_pipeline.quality import declaration, trend
from wres_pipeline.quality.figure import Place, QualityFigure

MARCH = date(2021, 3, 31)
STATES = ("declared", "declined", "not_recorded", "unmapped")
#: the staff groups of each cluster, which everybody knows who reads a return
STAFF_GROUPS = {
    "non_clinical": ("Administrative and Clerical", "Estates and Ancillary"),
    "clinical": (
        "Nursing and Midwifery Registered",
        "Allied Health Professionals",
        "Additional Clinical Services",
    ),
    "medical_and_dental": ("Medical and Dental",),
}
ROUNDED_TO = 5
People = dict[tuple[str, str], dict[str, int]]


def people_of(counts: OrganisationCounts, draw: random.Random) -> People:
    """The staff of a return by state of knowledge: whole, by cluster, by band over all clusters and by staff group."""
    found: People = defaultdict(lambda: dict.fromkeys(STATES, 0))
    assert counts.workforce is not None
    for (cluster, band), groups in counts.workforce.cells.items():
        states = draw.choices(STATES[1:], (5, 4, 1), k=groups.unknown)
        for state in ["declared"] * (groups.white + groups.bme) + states:
            staff_group = draw.choice(STAFF_GROUPS[cluster])
            for place in (("", ""), ("cluster", cluster), ("band", band), ("staff_group", staff_group)):
                found[place][state] += 1
    return dict(found)


def moved(counts: OrganisationCounts, draw: random.Random, people: int) -> OrganisationCounts:
    """The same body with a few people joined, left or known by another group: a month later, or a return put right."""
    assert counts.workforce is not None
    cells = dict(counts.workforce.cells)
    for _ in range(people):
        place = draw.choice([key for key, groups in cells.items() if groups.total > 1])
        groups = [*cells[place]]
        at, to = draw.randrange(3), draw.randrange(3)
        if groups[at]:
            groups[at] -= 1
            groups[to] += draw.random() < 0.7
        cells[place] = Groups(*groups)
    senior = counts.workforce.senior_medical
    consultants = cells.get(("medical_and_dental", "Consultants"), Groups())
    senior = Groups(*(min(a, b) for a, b in zip(senior, consultants, strict=True)))
    workforce = Workforce(cells, senior)
    training = counts.training
    if training is not None:
        fewer = (min(a, b) for a, b in zip(training.people, workforce.total, strict=True))
        training = replace(training, people=Groups(*fewer))
    return replace(counts, workforce=workforce, training=training)


def month_figures(code: str, day: date, lists: Mapping[date, People]) -> list[QualityFigure]:
    """The true figures of the report of a day: who has declared, and the days up to it."""
    place = Place(code, day)
    points = [
        (each, all_["declared"], all_["declared"] + all_["declined"], sum(all_.values()))
        for each in sorted(lists)
        if each <= day
        for all_ in [lists[each]["", ""]]
    ]
    return [*declaration.figures(place, lists[day], 0.95), *trend.figures(place, points)]


def read_month(file: Path, into: Knowledge, of: str = "", least: int = 1) -> int:
    """Takes in the counts of a report's figures.csv; gives how many. The key of a count is (day, `people`, breakdown,
    value, state); `of` is put before the day. least: the smallest count that the rule in the report says is not withheld."""
    cells = 0
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if row["section"] == "declaration":
            place = (of + row["month"], "people", row["breakdown"], row["breakdown_value"])
        elif row["section"] == "trend":
            place = (of + row["breakdown_value"], "people", "", "")
        else:
            continue
        state = row["ethnicity_state"] or "people"
        key: Key = (*place, state)
        cells += 1
        for name, count in (((*place, state), row["numerator"]), ((*place, "people"), row["denominator"])):
            if count:
                _rounded(into, name, int(count), least)
        if row["state"] == "withheld" and row["measure"] == "headcount":
            into.hide(key, row["note"])
    return cells


def _rounded(into: Knowledge, key: Key, count: int, least: int) -> None:
    into.printed.add(key)
    if count % ROUNDED_TO:  # nothing but a count that everybody has is printed as it is
        into.know(key, count, count)
    elif count:
        into.know(key, max(count - 2, least), count + 2)
    else:
        into.know(key, 0, 0)


def add_what_is_the_same(known: Knowledge, years: Mapping[str, str]) -> list[tuple[Key, list[Key]]]:
    """The sums of the reports, and which counts of them are counts of a return; years: day -> the year its return has in
    the knowledge. Hidden sums (Unknown of a breakdown) become counts of their own."""
    found: list[tuple[Key, list[Key]]] = []
    places = sorted({key[:4] for key in known.ranges if key[1] == "people"})
    for day, _, breakdown, value in places:
        at = (day, "people", breakdown, value)
        for extra in ("unknown", "recorded", "people", *STATES):
            known.ranges.setdefault((*at, extra), (0.0, BIG))
        found.append(((*at, "people"), [(*at, "declared"), (*at, "unknown")]))
        found.append(((*at, "recorded"), [(*at, "declared"), (*at, "declined")]))
        found.append(((*at, "unknown"), [(*at, state) for state in STATES[1:]]))
        if day not in years:
            continue
        for state, group in (("people", ""), ("unknown", "Unknown")):
            if breakdown in ("", "cluster"):
                other: list[Key] = [(years[day], "staff", value, "", group)]
            elif breakdown == "band":
                other = [
                    key
                    for key in sorted(known.ranges)
                    if (key[0], key[1], key[4]) == (years[day], "staff", group)
                    and key[3] == value
                    and key[2]
                    and value != SUBSET
                ]
            else:
                continue
            if other and all(key in known.ranges for key in other):
                found.append(((*at, state), other))
    for day, breakdown in sorted({(place[0], place[2]) for place in places if place[2]}):
        values = [place for place in places if (place[0], place[2]) == (day, breakdown)]
        for state in ("people", "unknown", "recorded", *STATES):
            if (day, "people", "", "", state) in known.ranges:
                found.append(((day, "people", "", "", state), [(*value, state) for value in values]))
    clusters = {name: cluster for cluster, names in STAFF_GROUPS.items() for name in names}
    parts: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for place in places:
        if place[2] == "staff_group":
            parts[place[0], clusters[place[3]]].append(place)
    for (day, cluster), values in parts.items():
        for state in ("people", "unknown", "recorded", *STATES):
            whole: Key = (day, "people", "cluster", cluster, state)
            if whole not in known.ranges and state in ("people", "unknown") and day in years:
                whole = (years[day], "staff", cluster, "", {"people": "", "unknown": "Unknown"}[state])
            if whole in known.ranges:
                found.append((whole, [(*value, state) for value in values]))
    return found


def same_rows(known: Knowledge, one: str, other: str) -> list[tuple[Key, list[Key]]]:
    """Rows that two versions of a return tell alike are the same people to a reader."""
    rows: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in known.ranges:
        if key[0] == one:
            rows[key[1:4]].append(key)
    found: list[tuple[Key, list[Key]]] = []
    for keys in rows.values():
        twins = [(key, (other, *key[1:])) for key in keys]
        if all(twin in known.ranges and _told_alike(known, key, twin) for key, twin in twins):
            found += [(twin, [key]) for key, twin in twins]
    return found


def _told_alike(known: Knowledge, one: Key, other: Key) -> bool:
    return known.ranges[one] == known.ranges[other] and (one in known.withheld) == (other in known.withheld)


def small_moves(known: Knowledge, one: str, other: str, highest: int) -> list[Key]:
    """Counts of a group that both versions print and that differ by a few people: who they are can be told."""
    return [
        key
        for key in known.printed
        if key[0] == one
        and key[4]
        and key[1] != "board"
        and (twin := (other, *key[1:])) in known.printed
        and known.ranges[key][0] == known.ranges[key][1]
        and known.ranges[twin][0] == known.ranges[twin][1]
        and 0 < abs(known.ranges[key][0] - known.ranges[twin][0]) <= highest
    ]


def numbers_in(texts: Sequence[str]) -> set[str]:
    """Every number of some texts, as printed."""
    return {number for text in texts for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
