"""Rules about small numbers that a body will recognise, each with its reason, and what they protect.

A preset is named in `wres.toml`: `[disclosure] preset = "under 5"`, with the role, the date and the reason of the choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.reference.years import DisclosureDefault


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


def chosen(
    default: DisclosureDefault,
    *,
    preset: str | None = None,
    method: str | None = None,
    threshold: int | None = None,
    width: int | None = None,
    **further: Any,
) -> Policy:
    """The rule as the settings choose it: a preset, or method and threshold, else the year's; `further` are fields of
    `Policy`. Raises ValueError for a choice that cannot be kept.
    """
    if preset is None:
        rule = Policy.chosen(default, method=method, threshold=threshold, width=width)
        return replace(rule, **further)
    of_preset = {**PRESETS[preset].settings, "survey_minimum": default.survey_minimum}
    return Policy.of({**of_preset, **({} if width is None else {"width": width}), **further})
