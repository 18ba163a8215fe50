"""How often two names go together by chance: kinds of names as the body's own staff show them.

First and last names are not independent: of two hundred Portuguese among six thousand staff, one in fifteen may be called
Tiago, and a stranger of that last name shares the first name with somebody far oftener than shares of the whole staff
say. A latent-class model (each kind of name has its own first and last names; a person is of one kind) is fitted to the
staff's names by expectation-maximisation. The kinds have no label, come from names alone, and serve two ends: the
chance of a namesake, and recall told by kind of name. [ours]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Origins:
    """The kinds: share of the staff (K), and of each kind's people the share with each first and last name (names × K)."""

    share: Floats
    first: Floats
    last: Floats

    def another(self, first: Whole, last: Whole, people: int) -> Floats:
        """Chance that somebody else bears a person's first and last name: without what the person's own names brought to
        the kinds they were counted in, and of a name that nobody else bears half of it, since others will."""
        of = self.share * self.first[first] * self.last[last]
        own = of / of.sum(axis=1, keepdims=True) / np.maximum(self.share * people, 1.0)
        without = [
            np.maximum(held - own, np.minimum(held, own / 2)) for held in (self.first[first], self.last[last])
        ]
        return np.asarray((self.share * without[0] * without[1]).sum(axis=1))

    def kind(self, first: Whole, last: Whole) -> Whole:
        """The likeliest kind of each pair of names; kinds are numbered from the commonest."""
        return np.asarray(np.argmax(self.share * self.first[first] * self.last[last], axis=1))


def fit(
    first: Whole, last: Whole, people: Whole, kinds: int, rounds: int = 40, smooth: float = 0.02
) -> Origins:
    """The kinds of names of a body.

    first, last: numbers of the names of each distinct pair; people: how many bear it; smooth: added to every name's
    count, as a share of its count over all kinds. The same names give the same kinds.
    """
    rng = np.random.default_rng(0)
    firsts, lasts = int(first.max()) + 1, int(last.max()) + 1
    all_first = np.bincount(first, weights=people, minlength=firsts)
    all_last = np.bincount(last, weights=people, minlength=lasts)
    # kinds begin as the companies of single last names, so that names borne together fall together
    belongs = rng.dirichlet(np.full(kinds, 0.3), size=lasts)[last]
    weight = people.astype(float)
    for _ in range(rounds):
        held = belongs * weight[:, None]
        share = held.sum(axis=0) + 1e-9
        by_first, by_last = _shares(first, held, all_first, smooth), _shares(last, held, all_last, smooth)
        belongs = share * by_first[first] * by_last[last] + 1e-300
        belongs /= belongs.sum(axis=1, keepdims=True)
    order = np.argsort(-share, kind="stable")
    return Origins((share / share.sum())[order], by_first[:, order], by_last[:, order])


def _shares(name: Whole, held: Floats, total: npt.NDArray[Any], smooth: float) -> Floats:
    """Of each kind's people (columns of `held`), the share with each name."""
    kinds = held.shape[1]
    counts = [np.bincount(name, weights=held[:, k], minlength=len(total)) for k in range(kinds)]
    made: Floats = np.stack(counts, axis=1).astype(np.float64) + smooth * total[:, None] / kinds
    return made / made.sum(axis=0)
