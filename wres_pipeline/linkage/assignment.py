"""What links of a body without numbers and dates of birth are worth: learnt in the body, judged as one assignment.

Arithmetic alone: expectation-maximisation for how often the same person meets a level, sum-product messages for the
probability of a pair among all assignments of the body, and how far down links may be automatic. [ours]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wres_pipeline.linkage.model import BodyRules

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

COMPARISONS = ("names", "start", "email", "postcode", "post")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs of one organisation: the level each comparison meets (-1: not known) and its chance.

    applicant, slot: numbered from 0; a slot is a start that has room for one applicant. joint_floor: least chance that
    a stranger agrees on names and address together, as relatives do. month: of the pair's start, numbered from 0 (-1:
    none); hires, used: starts of each month in the staff lists, and those of surer links.
    """

    applicant: Whole
    slot: Whole
    applicant_class: Whole
    levels: dict[str, Whole]
    chances: dict[str, Floats]
    joint_floor: Floats
    people: int
    month: Whole
    hires: Floats
    used: Floats

    @property
    def applicants(self) -> int:
        """How many applicants have a candidate."""
        return int(self.applicant.max()) + 1 if len(self.applicant) else 0


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: m[comparison][level] of the same person (for `start` by class of applicant), and the share of each
    class of applicants (outside, inside, start ahead, withdrawn) whose person is in the staff lists. explained: share of
    each month's starts in ESR that come of an application in the export."""

    m: dict[str, Floats]
    in_staff: Floats
    explained: Floats


def learn(pairs: Pairs, body: BodyRules) -> Weights:
    """Expectation-maximisation over the body's own pairs, held by the kept expectations as by so many people of before."""
    weights = Weights(
        {c: np.array(body.m[c], dtype=float) for c in COMPARISONS},
        np.array(body.in_staff, dtype=float),
        np.zeros(len(pairs.hires)),
    )
    first = np.zeros(pairs.applicants, dtype=np.int64)
    first[pairs.applicant] = pairs.applicant_class
    for _ in range(body.rounds):
        p = matching(pairs.applicant, pairs.slot, odds(pairs, weights))
        m = {}
        for c in COMPARISONS:
            prior = np.array(body.m[c], dtype=float)
            level, known = pairs.levels[c], pairs.levels[c] >= 0
            if c == "start":
                counts = np.zeros_like(prior)
                np.add.at(counts, (pairs.applicant_class[known], level[known]), p[known])
                total = counts.sum(axis=1, keepdims=True)
                m[c] = (counts + body.held_by * prior) / (total + body.held_by)
            else:
                counts = np.bincount(level[known], weights=p[known], minlength=len(prior))
                m[c] = (counts + body.held_by * prior) / (counts.sum() + body.held_by)
        found = np.bincount(pairs.applicant, weights=p, minlength=pairs.applicants)
        of = np.bincount(first, minlength=len(body.in_staff))
        sums = np.bincount(first, weights=found, minlength=len(body.in_staff))
        in_staff = (sums + body.classes_held_by * np.array(body.in_staff)) / (of + body.classes_held_by)
        near = pairs.month >= 0
        come = pairs.used + np.bincount(pairs.month[near], weights=p[near], minlength=len(pairs.hires))
        explained = np.minimum(come / (pairs.hires + body.months_held_by), body.most_explained)
        weights = Weights(m, np.clip(in_staff, 0.01, 0.99), explained)
    return weights


def bits(pairs: Pairs, weights: Weights) -> dict[str, Floats]:
    """The weight of each comparison in bits: how much likelier its level is for the same person than by chance."""
    made = {}
    for c in COMPARISONS:
        level, known = pairs.levels[c], pairs.levels[c] >= 0
        held = weights.m[c]
        m = held[pairs.applicant_class, level] if c == "start" else held[level]
        made[c] = np.where(known, np.log2(np.maximum(m, 1e-6) / np.maximum(pairs.chances[c], 1e-12)), 0.0)
    joint = sum(np.log2(np.maximum(pairs.chances[c], 1e-12)) for c in ("names", "email", "postcode"))
    excess = np.log2(np.maximum(pairs.joint_floor, 1e-300)) - joint
    made["relatives"] = -np.maximum(0.0, excess)
    # a start that must have come of some application speaks for the applicant who fits it
    made["explained"] = np.where(pairs.month >= 0, -np.log2(1 - weights.explained[pairs.month]), 0.0)
    return made


def odds(pairs: Pairs, weights: Weights) -> Floats:
    share = weights.in_staff[pairs.applicant_class]
    total = np.log2(share / (1 - share)) - np.log2(pairs.people) + sum(bits(pairs, weights).values())
    return np.exp2(np.clip(total, -60, 60))


def matching(applicant: Whole, slot: Whole, odds: Floats, rounds: int = 30) -> Floats:
    """The probability of every pair, when an applicant takes one slot or none and a slot one applicant or none.

    odds: of the pair against the applicant's having nobody, before anybody competes. Sum-product messages between
    applicants and slots; on a graph without rings they give the exact marginals.
    """
    to_applicant = np.ones(len(odds))
    applicants, slots = int(applicant.max(initial=-1)) + 1, int(slot.max(initial=-1)) + 1
    for _ in range(rounds):
        offered = odds * to_applicant
        others = np.bincount(applicant, weights=offered, minlength=applicants)[applicant] - offered
        to_slot = odds / (1 + np.maximum(others, 0))
        rivals = np.bincount(slot, weights=to_slot, minlength=slots)[slot] - to_slot
        new = 1 / (1 + np.maximum(rivals, 0))
        if np.max(np.abs(new - to_applicant), initial=0) < 1e-6:
            break
        to_applicant = 0.5 * (new + to_applicant)
    offered = odds * to_applicant
    return offered / (1 + np.bincount(applicant, weights=offered, minlength=applicants)[applicant])


def least_of(pairs: Pairs, body: BodyRules) -> Floats:
    """The probability below which no link is automatic: higher for an applicant who does not come from inside and whose email
    is another, where a namesake fits as well: no start near; or no address agrees, and the start is not the very day or one of
    the names is another. Higher still where names alone speak: no start near, or none known, and no address."""
    inside, start, email = pairs.applicant_class == 1, pairs.levels["start"], pairs.levels["email"]
    elsewhere, names = pairs.levels["postcode"] != 1, pairs.levels["names"]
    apart = (start < 2) | (elsewhere & ((start < 5) | (names < 3)))
    least = np.where((start < 2) & elsewhere, body.least_alone, body.least_apart)
    return np.where(~inside & (email != 1) & apart, least, body.least)


def sure_enough(probability: Floats, limit: float, least: float, few: float = 0) -> float:
    """The probability from which links may be automatic: none below `least`, and of all taken together no larger share
    than `limit` wrong, as estimated by what each lacks to certainty. Above 1 where none may.

    few: a body with fewer links than so many has a limit as much smaller, down to half, since one wrong link is a large share of it.
    """
    ranked = np.sort(probability[probability >= least])[::-1]
    if not len(ranked):
        return 2.0
    wrong = np.cumsum(1 - ranked) / np.arange(1, len(ranked) + 1)
    within = np.flatnonzero(wrong <= limit * min(1.0, max(0.5, len(ranked) / max(few, 1))))
    return float(ranked[within[-1]]) if len(within) else 2.0
