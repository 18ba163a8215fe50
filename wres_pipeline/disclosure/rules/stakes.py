"""What is at stake where a count is printed: who somebody is, what happened to them, what they answered or declared.

Each may have a setting and a reason of its own: `[disclosure.events]` and so on in `wres.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wres_pipeline.reference import indicators

COMPOSITION, BOARD, EVENTS, SURVEY, DECLARATION = "composition", "board", "events", "survey", "declaration"
THRESHOLDS = (COMPOSITION, EVENTS, DECLARATION)
"""Those whose counts may have a threshold of their own."""

STAKES: Mapping[str, tuple[str, str]] = {
    COMPOSITION: (
        "indicator 1 and the disparity ratios",
        "Who somebody is: the threshold holds, because a small group of a band can be listed by colleagues.",
    ),
    BOARD: (
        "indicator 9",
        "Names are public: released by a recorded decision, on by default.",
    ),
    EVENTS: (
        "indicators 2, 3 and 4",
        "What happened to somebody: the threshold holds, because an appointment or an investigation is no public fact.",
    ),
    SURVEY: (
        "indicators 5 to 8",
        "The survey's own minimum of responses: who answered is unknown, and the source prints no smaller group.",
    ),
    DECLARATION: (
        "recorded and declared",
        "By the rule for all; the whole body's rates are the last to fall, because completeness must be published.",
    ),
}
"""What is at stake -> (where it is printed, why it is treated so unless settings say otherwise) [ours]."""

_OF_SHAPE = {
    indicators.HEADCOUNT_BY_BAND: COMPOSITION,
    indicators.DIFFERENCE_OF_SHARES: BOARD,
    indicators.LIKELIHOOD_RATIO: EVENTS,
}
# the workforce is indicator 1's before it is what 3 and 4 could happen to: shapes in this order
_OF_TABLE: dict[str, str] = {"tier": COMPOSITION}
for _shape, _stake in _OF_SHAPE.items():
    for _rule in indicators.REGISTRY:
        if _rule.shape == _shape:
            for _table in _rule.cells.values():
                _OF_TABLE.setdefault(_table, _stake)

#: first word of the name of a table beside the figures -> what is at stake in it
_OF_OTHER_TABLES = {"funnel": EVENTS, "development": EVENTS}


@lru_cache(maxsize=65536)
def stake_of(key: tuple[str, ...]) -> str:
    """What is at stake in a count, by its place in the arithmetic; of a rest what is at stake in its total. "": none of the
    five, so that the rule for all holds.
    """
    if key[:1] == ("rest",):
        return stake_of(key[1:])
    if key[:1] == ("people",):
        return DECLARATION
    if key[:1] == ("table",):
        return _OF_OTHER_TABLES.get(key[1].split(" ", 1)[0], DECLARATION)
    return _OF_TABLE.get(key[2], "") if len(key) > 2 else ""
