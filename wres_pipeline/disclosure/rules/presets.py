"""Rules about small numbers that a body will recognise, each with its reason, and what they protect.

A preset is named in `wres.toml`: `[disclosure] preset = "under 5"`, with the role, the date and the reason of the choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT = "under 10"


@dataclass(frozen=True, slots=True)
class Preset:
    """settings: fields of `Policy`. because: why a body would choose it, in words an information governance lead knows."""

    name: str
    settings: Mapping[str, Any]
    because: str


PRESETS: Mapping[str, Preset] = {
    one.name: one
    for one in (
        Preset(
            "under 5",
            {"method": "suppress", "threshold_low": 1, "threshold_high": 4, "width": 2},
            "The least that national workforce tables keep: who is one of a handful cannot be told, and most figures stand.",
        ),
        Preset(
            "under 10",
            {"method": "suppress", "threshold_low": 1, "threshold_high": 9, "width": 2},
            "The default: small groups stay open even to a colleague who knows some of their members.",
        ),
        Preset(
            "1-7 and nearest 5",
            {"method": "round", "threshold_low": 1, "threshold_high": 7, "width": 2, "nearest": 5},
            "The rule of national health statistics: nothing is exact, so that tables cannot be subtracted.",
        ),
        Preset(
            "none",
            {"method": "none"},
            "Every count as it is. Only by a recorded decision that nobody can be recognised or that all have agreed.",
        ),
    )
}
"""Name -> preset, from the least withheld of composition and events to the special cases."""

STAKES: Mapping[str, tuple[str, str]] = {
    "composition": (
        "indicator 1 and the disparity ratios",
        "Who somebody is: the threshold holds, because a small group of a band can be listed by colleagues.",
    ),
    "board": (
        "indicator 9",
        'Names are public: released by a recorded decision, on by default; `board = "withheld"` undoes it.',
    ),
    "events": (
        "indicators 2, 3 and 4",
        "What happened to somebody: the threshold holds, because an appointment or an investigation is no public fact.",
    ),
    "survey": (
        "indicators 5 to 8",
        "The survey's own minimum of responses: who answered is unknown, and the source prints no smaller group.",
    ),
    "declaration": (
        "recorded and declared",
        "Treated as composition; the whole body's rates are the last to fall, because completeness must be published.",
    ),
}
"""What is at stake -> (the indicators, why it is treated so) [ours]."""
