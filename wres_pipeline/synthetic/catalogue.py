"""The lists the invented world is made from: ethnic categories, posts, names, as files beside this
module.

These are what the *systems* of the invented world print (labels of ESR and TRAC, pay scales, job roles)
together with what each of them means. They are written independently of the reference room, so that a
sample read through the pipeline also tests the reference room's lists.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Indexes = npt.NDArray[np.int64]


KINDS = {"ccg": "ccg", "icb": "ccg", "trust": "trust"}
"""Kind of organisation -> the column of its weights: a care board has the posts and labels of the groups it took over."""


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of this room's CSV files, as dictionaries."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def texts(values: list[str]) -> Texts:
    """An object array of the values (so that fancy indexing hands on references, not copies)."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


@dataclass(frozen=True, slots=True)
class Ethnicities:
    """What may stand in an ethnic-origin field, one element a label; `first` positions are the declared
    ones.

    `weights` holds, per kind of organisation ('ccg', 'icb', 'trust'), how common each label is within its WRES
    group.
    """

    code: Texts
    national: Texts
    state: Texts
    wres_group: Texts
    esr_label: Texts
    trac_label: Texts
    survey_label: Texts
    origins: tuple[tuple[tuple[str, float], ...], ...]
    weights: dict[str, npt.NDArray[np.float64]]

    def index(self, code: str) -> int:
        """Position of a code ('A', 'CA', 'Z', '99', 'UN' unspecified, 'BL' blank, 'XX' unmapped)."""
        return int(np.flatnonzero(self.code == code)[0])

    def of_group(self, group: str) -> Indexes:
        """Positions of the declared labels of a WRES group."""
        return np.flatnonzero((self.wres_group == group) & (self.state == "declared"))


@dataclass(frozen=True, slots=True)
class Posts:
    """The kinds of post of the invented world, one element a kind; `promoted_to` is the post one band up
    (or itself).
    """

    cluster: Texts
    band: Texts
    staff_group: Texts
    pay_scale: Texts
    job_role: Texts
    senior_medical_manager: npt.NDArray[np.bool_]
    rank: Indexes
    bme_tilt: npt.NDArray[np.float64]
    promoted_to: Indexes
    weights: dict[str, npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names of one origin; families of composed names have a smaller share each than the common ones."""

    female: Texts
    male: Texts
    family: Texts
    composed: Texts


@cache
def ethnicities() -> Ethnicities:
    """The labels of ethnicities.csv."""
    table = rows("ethnicities.csv")

    def column(name: str) -> Texts:
        return texts([row[name] for row in table])

    def shares(text: str) -> tuple[tuple[str, float], ...]:
        return tuple((part.split(":")[0], float(part.split(":")[1])) for part in text.split("|"))

    return Ethnicities(
        code=column("code"),
        national=column("national"),
        state=column("state"),
        wres_group=column("wres_group"),
        esr_label=column("esr_label"),
        trac_label=column("trac_label"),
        survey_label=column("survey_label"),
        origins=tuple(shares(row["origins"]) for row in table),
        weights={kind: np.array([float(row[column]) for row in table]) for kind, column in KINDS.items()},
    )


@cache
def posts() -> Posts:
    """The posts of posts.csv; a post's rank is its place among the bands, low to high; `bme_tilt` how
    much more common BME staff are there.
    """
    table = rows("posts.csv")
    tilts = {row["name"]: float(row["bme_tilt"]) for row in rows("bands.csv")}
    bands = list(tilts)
    rank = [bands.index(row["band"]) for row in table]
    promoted = []
    for here, row in enumerate(table):
        above = [
            there
            for there, other in enumerate(table)
            if other["staff_group"] == row["staff_group"] and rank[there] == rank[here] + 1
        ]
        promoted.append(above[0] if above and row["cluster"] != "medical_and_dental" else here)
    return Posts(
        cluster=texts([row["cluster"] for row in table]),
        band=texts([row["band"] for row in table]),
        staff_group=texts([row["staff_group"] for row in table]),
        pay_scale=texts([row["pay_scale"] for row in table]),
        job_role=texts([row["job_role"] for row in table]),
        senior_medical_manager=np.array([row["senior_medical_manager"] == "Y" for row in table]),
        rank=np.array(rank, dtype=np.int64),
        bme_tilt=np.array([tilts[row["band"]] for row in table]),
        promoted_to=np.array(promoted, dtype=np.int64),
        weights={kind: np.array([float(row[column]) for row in table]) for kind, column in KINDS.items()},
    )


@cache
def name_pools() -> dict[str, NamePool]:
    """Names by origin, of names.csv; composed families are every start with every end ('Tre' + 'gear')."""
    parts: dict[str, dict[str, list[str]]] = {}
    for row in rows("names.csv"):
        parts.setdefault(row["origin"], {})[row["part"]] = row["names"].split("|")
    pools = {}
    for origin, lists in parts.items():
        starts = list(dict.fromkeys(lists.get("family_start", [])))
        composed = [start + end for start in starts for end in lists.get("family_end", [])]
        pools[origin] = NamePool(
            female=texts(lists["female"]),
            male=texts(lists["male"]),
            family=texts(lists.get("family", [])),
            composed=texts(composed),
        )
    return pools


@cache
def known_as() -> dict[str, str]:
    """The name many people with a given name are called by."""
    return {row["name"]: row["known_as"] for row in rows("known_as.csv")}
