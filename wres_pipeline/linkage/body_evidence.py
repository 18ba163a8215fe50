"""What a pair of applicant and person of the staff agrees on, and how often a stranger of this body would agree as far.

Bearers of the names by kind of name, starts of the day, sharers of an address, holders of the post: counted in the body.
[ours]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wres_pipeline.linkage.assignment import Floats, Pairs, Whole
from wres_pipeline.linkage.model import BodyRules
from wres_pipeline.linkage.name_origins import Origins


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a body's staff lists say of chance: people, how much oftener both names agree than single ones would have it,
    how often first and last names are alike; days of its starts, and of those surer links have used; applicants without
    number and date of birth; shares of its posts; kinds of names with the numbers of first and last names; and below how
    many people a body counts as that large, so that being few is no evidence.
    """

    people: int
    together: float
    first_alike: float
    last_alike: float
    hires: Any
    used: Any
    applicants: int
    posts: Mapping[tuple[str, str], float]
    origins: Origins
    firsts: Mapping[str, int]
    lasts: Mapping[str, int]
    least_staff: int


def pairs_of(columns: Mapping[str, Any], facts: BodyFacts, body: BodyRules) -> Pairs:
    """The rows of `linkage_bare_pairs` of one body, with the chance of every level."""
    people = float(max(facts.people, facts.least_staff))
    names, relatives = _name_chances(columns, facts, people, body)
    start, start_chance = _start_chances(columns, facts.hires, people)
    n = len(columns["application"])
    addresses = {}
    for kind in ("email", "postcode"):
        held = _known(columns[f"{kind}_level"])
        staff, asked = (
            np.nan_to_num(columns[f"{kind}_{side}"].astype(float), nan=1.0)
            for side in ("staff", "applicants")
        )
        chance = np.maximum.reduce(
            [
                (staff - 1) / people,
                (asked - 1) / max(facts.applicants, 1),
                np.full(n, body.shared[kind] / people),
            ]
        )
        addresses[kind] = held, np.where(held == 1, np.minimum(chance, 1.0), 1.0)
    post = _known(columns["post_level"])
    shares = np.array(
        [
            _post_share(facts.posts, g, t, p)
            for g, t, p in zip(columns["staff_group"], columns["title"], post, strict=True)
        ]
    )
    email, postcode = addresses["email"][0] == 1, addresses["postcode"][0] == 1
    floor = relatives * np.where(email, body.relatives_email, 1.0)
    return Pairs(
        np.unique(columns["application"], return_inverse=True)[1],
        _slots(columns, start),
        columns["class"].astype(np.int64),
        {"names": columns["names_level"].astype(np.int64), "start": start, "email": addresses["email"][0], "postcode": addresses["postcode"][0], "post": post},
        {"names": names, "start": start_chance, "email": addresses["email"][1], "postcode": addresses["postcode"][1], "post": shares},
        np.where(email | postcode, floor, 0.0),
        int(people),
        *_months(columns["hire_date"], start, facts.hires, facts.used),
    )  # fmt: skip


def _name_chances(
    columns: Mapping[str, Any], facts: BodyFacts, people: float, body: BodyRules
) -> tuple[Floats, Floats]:
    """How often a stranger's names agree as far as the pair's do, and the relatives to expect at one address."""
    n = len(columns["application"])
    first, last, both = (columns[f"{part}_bearers"].astype(float) for part in ("first", "last", "both"))
    share_first, share_last = (np.maximum(count - 1, 0.5) / people for count in (first, last))
    expected = facts.people * facts.origins.another(
        _numbers(columns["first_root"], facts.firsts),
        _numbers(columns["last_name"], facts.lasts),
        facts.people,
    )
    same = namesakes(expected, np.maximum(both - 1, 0), body.namesakes_held_by) / people
    first_alike = min(0.5, facts.first_alike * facts.together + body.among_given)
    last_alike = min(0.5, facts.last_alike * facts.together)
    by_level = [
        np.ones(n),
        share_first,
        share_last,
        np.full(n, facts.first_alike * last_alike),
        share_first * last_alike,
        share_last * first_alike,
        same * (1 - body.second_name),
        same,
        same * body.second_name,
    ]
    level = columns["names_level"].astype(np.int64)
    return np.choose(level, by_level), np.array(body.relatives)[level] / people


def namesakes(expected: Floats, others: Floats, held_by: float) -> Floats:
    """Bearers of two names to expect among strangers: what the kinds of names say, held by so many bearers, after `others`
    of the staff were seen to bear them."""
    return np.asarray(expected * (held_by + others) / (held_by + expected))


def _numbers(texts: Any, known: Mapping[str, int]) -> Whole:
    return np.array([known[text] for text in texts], dtype=np.int64)


def _months(hired: Any, start: Whole, hires: Any, used: Any) -> tuple[Whole, Floats, Floats]:
    """The month of each pair's start (-1 where it has none near), and the starts of each month, all and used."""
    months = np.unique(hires.astype("datetime64[M]"))
    near = start >= 2
    month = np.full(len(start), -1, dtype=np.int64)
    month[near] = np.searchsorted(months, hired[near].astype("datetime64[M]"))
    counts = [
        np.bincount(np.searchsorted(months, days.astype("datetime64[M]")), minlength=len(months)).astype(
            float
        )
        for days in (hires, used)
    ]
    return month, counts[0], counts[1]


def _known(level: Any) -> Whole:
    return np.nan_to_num(np.asarray(level, dtype=float), nan=-1.0).astype(np.int64)


def _start_chances(columns: Mapping[str, Any], hires: Any, people: float) -> tuple[Whole, Floats]:
    """The level of the start, and the share of the staff with a start so near to the applicant's and no nearer."""
    level = _known(columns["start_level"])
    day = np.sort(np.asarray(hires, dtype="datetime64[D]"))
    asked = columns["event_date"].astype("datetime64[D]")
    chance = np.ones(len(level))
    nearer = np.zeros(len(level))
    for step, reach in ((5, 0), (4, 7), (3, 31), (2, 62)):
        low = np.searchsorted(day, asked - np.timedelta64(reach, "D"), "left")
        within = (np.searchsorted(day, asked + np.timedelta64(reach, "D"), "right") - low).astype(float)
        mine = level == step
        chance[mine] = np.maximum(within - nearer - 1, 0.5)[mine] / people
        nearer = within
    before = level == 1
    chance[before] = np.maximum(
        np.searchsorted(day, asked[before] - np.timedelta64(62, "D"), "left"), 0.5
    ) / max(len(day), 1)
    return level, np.minimum(chance, 1.0)


def _post_share(posts: Mapping[tuple[str, str], float], group: Any, title: Any, level: int) -> float:
    if level < 1:
        return 1.0
    share = posts.get((group, ""), 1.0)
    return posts.get((group, title or ""), share) if level == 2 else share


def _slots(columns: Mapping[str, Any], start: Whole) -> Whole:
    """A start has room for one applicant; somebody in post already, or hired at quite another time, has room for all."""
    keys = [
        f"{person} {hire}" if level >= 2 else f"{person}" if level < 0 else f"{person} {application} moves"
        for person, hire, application, level in zip(columns["person_id"], columns["hire_date"], columns["application"], start, strict=True)
    ]  # fmt: skip
    return np.unique(np.array(keys, dtype=object), return_inverse=True)[1]
