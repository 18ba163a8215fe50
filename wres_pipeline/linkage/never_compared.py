"""How many applicants stand in the staff lists and were never brought near themselves: by class and by kind of names.

No address agrees, and names and start differ by more than `bare_pairs.sql` looks at. Nobody can see such a pair, but how often
names differ at all is seen, and in some kinds of names they differ oftener than in others. [ours]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wres_pipeline.linkage.assignment import Floats, Pairs, Weights, Whole
from wres_pipeline.linkage.model import BodyRules

INSIDE = 1
NEAR = 2
"""The start's level from which it lies near (`bare_pairs.sql`)."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """The probability that an applicant whom no comparison found stands in the staff lists all the same: of each applicant with
    a candidate, and of each class of those without any."""

    compared: Floats
    nobody: Floats


def unfound(
    pairs: Pairs, weights: Weights, probability: Floats, kinds: Whole, without: Whole, body: BodyRules
) -> Unfound:
    """Of each class: people found, over the share that could be found, are all there are; those never compared are shared out
    over the applicants with candidates, by the kind of their likeliest candidate's names, and those without.

    kinds: of each applicant; without: applicants of each class whom no comparison brings near anybody.
    """
    differ, everybody = _names_differ(pairs, probability, kinds, body)
    never, by_kind = (_never(pairs, weights, share, body) for share in (np.array([everybody]), differ))
    of = np.zeros(pairs.applicants, dtype=np.int64)
    of[pairs.applicant] = pairs.applicant_class
    compared = np.bincount(of, minlength=len(weights.in_staff))
    share = np.minimum(0.999, weights.in_staff / (1 - never[:, 0]))
    strangers = np.maximum(compared * (1 - weights.in_staff), 1e-9)
    # of those who are not in the lists, the share like nobody: of all classes together
    like_nobody = without.sum() / (without.sum() + strangers.sum())
    here, not_here = share * never[:, 0] * body.unlike_anybody, (1 - share) * like_nobody
    nobody = here / (here + not_here)
    unseen = np.maximum(weights.in_staff * compared / (1 - never[:, 0]) * never[:, 0] - without * nobody, 0)
    of_compared = (unseen / strangers)[:, None] * by_kind / never
    return Unfound(np.minimum(of_compared, share[:, None])[of, kinds], nobody)


def expected_in_staff(pairs: Pairs, probability: Floats, left: Unfound) -> Floats:
    """Of each applicant the probability that the person is in the staff lists: compared, or never brought near."""
    found = np.minimum(1.0, np.bincount(pairs.applicant, weights=probability, minlength=pairs.applicants))
    return np.asarray(found + (1 - found) * left.compared)


def _names_differ(pairs: Pairs, probability: Floats, kinds: Whole, body: BodyRules) -> tuple[Floats, float]:
    """The share of people whose names differ in the two systems: of each kind of names, held by the body's, and of the body's,
    held by the kept expectations."""
    level = pairs.levels["names"]
    differs = (level >= 1) & (level <= 6)
    people = np.bincount(kinds[pairs.applicant], weights=probability, minlength=body.kinds_of_names)
    mine = np.bincount(kinds[pairs.applicant], weights=probability * differs, minlength=body.kinds_of_names)
    kept = sum(body.m["names"][1:7])
    everybody = (mine.sum() + body.held_by * kept) / (people.sum() + body.held_by)
    return (mine + body.held_by * everybody) / (people + body.held_by), float(everybody)


def _never(pairs: Pairs, weights: Weights, differ: Floats, body: BodyRules) -> Floats:
    """Classes × shares in `differ`: of those in the staff lists, the share whom no comparison brings near themselves."""
    names, start = weights.m["names"], weights.m["start"]
    apart = 1 - start[:, NEAR:].sum(axis=1)
    # a first name and a last name like it are looked for without a start near only of those from inside
    unlike = names[1] + names[2] + names[3] + np.where(np.arange(len(start)) == INSIDE, 0.0, names[4])
    never = body.both_differ * differ[None, :] + (apart * unlike)[:, None]
    for c in ("email", "postcode"):
        if (pairs.levels[c] >= 0).any():
            never = never * weights.m[c][0]
    return np.asarray(np.clip(never, 1e-9, 0.5))
