"""A review that a person can finish: pairs in the order of what their decision is worth, no more than wanted.

Worth: the probability that the two are one person, times what the answer moves: a correction to key most, a figure less,
little where neither hangs on it. Beside each pair stand the minutes to it and the recall the linkage would have by then.
A body that reviews nothing still has every figure: pairs not decided are counted nowhere. [ours]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wres_pipeline.quality.trac_to_esr.linkage_card import Card

WORTH = {"a correction": 1.0, "a figure": 0.3, "little": 0.05}
MINUTES = 1.5
"""A pair takes so long [ours]: both sides stand beside each other, two looks and one key."""
LEAST = 0.05
"""Nobody is asked about a pair less likely than this whose application counts as not found already."""
MORE = ("decides", "minutes_so_far", "recall_then")


def ordered(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], card: Card | None, most: int
) -> tuple[list[str], list[list[Any]]]:
    """The pairs worth most, `most` of them at most, with minutes_so_far and recall_then (a share, blank without a card)."""
    at = {name: place for place, name in enumerate(headings)}

    def worth(row: Sequence[Any]) -> float:
        return WORTH[row[at["decides"]]] * float(row[at["score"]] or 0)

    asked = [row for row in rows if row[at["state"]] != "not_found" or float(row[at["score"]] or 0) >= LEAST]
    best = sorted(asked, key=lambda row: (-worth(row), str(row[at["application_id"]])))[:most]
    right = card.right_ones if card else 0.0
    people = right + card.missed if card else 0.0
    made = []
    for place, row in enumerate(best, start=1):
        right += float(row[at["score"]] or 0)
        then = min(1.0, right / people) if people else None
        made.append([*row, MINUTES * place, then])
    return [*headings, "minutes_so_far", "recall_then"], made
