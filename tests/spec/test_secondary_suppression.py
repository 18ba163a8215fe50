"""Which further counts are withheld, on tables small enough to work by hand.

W, B, U = White, BME, Unknown; T = their total. `kept` counts are public whatever we do. Width 2: three whole
numbers must remain possible. "Told" is how much the reader may be told of the reasons: all, parts (of the
single counts), none.
"""

from __future__ import annotations

import pytest

from wres_pipeline.disclosure import Policy
from wres_pipeline.disclosure.proof.cells import Arithmetic, Cell
from wres_pipeline.disclosure.suppression.secondary_suppression import choose


def _line(counts: dict[str, int], kept: str = "") -> Arithmetic:
    table = Arithmetic()
    for name, count in counts.items():
        table.add(Cell((name,), count, kept=name in kept))
    table.add_sum(("T",), [(name,) for name in counts if name != "T"])
    return table


@pytest.mark.parametrize(
    ("counts", "kept", "withheld", "told"),
    [
        # nothing small, nothing withheld
        ({"W": 30, "B": 10, "U": 0, "T": 40}, "", "", "all"),
        # one small count and a total everybody knows: White goes with it
        ({"W": 35, "B": 5, "U": 0, "T": 40}, "T", "BW", "all"),
        # two small counts hide one another: 5 + 4 = 9 leaves each 1 to 8
        ({"W": 31, "B": 5, "U": 4, "T": 40}, "T", "BU", "all"),
        # 1 + 1 = 2 leaves nothing to guess: a third count has to go
        ({"W": 38, "B": 1, "U": 1, "T": 40}, "T", "BUW", "all"),
        # White of exactly 10 cannot be lower, so it hides nothing from a reader told that it is not small:
        # the total does
        ({"W": 10, "B": 1, "U": 0, "T": 11}, "", "BT", "all"),
        # 9 + 9 = 18 is no secret from a reader told that both are small; a reader who is not told thinks of 1
        # to 17
        ({"W": 9, "B": 9, "U": 0, "T": 18}, "T", "BW", "none"),
        # everybody in the band is White: the total is the same small number and goes with it
        ({"W": 8, "B": 0, "U": 0, "T": 8}, "", "TW", "all"),
    ],
)
def test_a_line_of_a_table_loses_as_few_counts_as_hide_the_small_ones(
    counts: dict[str, int], kept: str, withheld: str, told: str
) -> None:
    choice = choose(_line(counts, kept), Policy())
    assert choice.safe
    assert "".join(sorted(name for (name,) in choice.withheld)) == "".join(sorted(withheld))
    assert choice.told == told or not withheld


def test_a_two_way_table_with_one_small_count_loses_a_rectangle() -> None:
    # B of band X is small; every line through it needs a second unknown, and so does every line through those
    table = Arithmetic()
    counts = {"XW": 40, "XB": 3, "YW": 50, "YB": 20, "ZW": 60, "ZB": 30}
    for name, count in counts.items():
        table.add(Cell((name,), count))
    for band in "XYZ":
        table.add(Cell((f"{band}T",), counts[f"{band}W"] + counts[f"{band}B"], kept=True))
        table.add_sum((f"{band}T",), [(f"{band}W",), (f"{band}B",)])
    for group in "WB":
        table.add(Cell((f"all{group}",), sum(n for k, n in counts.items() if k[1] == group), kept=True))
        table.add_sum((f"all{group}",), [(f"{band}{group}",) for band in "XYZ"])
    choice = choose(table, Policy())
    names = {name for (name,) in choice.withheld}
    assert choice.safe and choice.least
    assert len(names) == 4 and {"XB", "XW"} < names


def test_when_everything_else_is_public_nothing_can_hide_a_small_count() -> None:
    choice = choose(_line({"W": 35, "B": 5, "U": 0, "T": 40}, kept="WUT"), Policy())
    assert not choice.safe


def test_under_the_rounding_rule_rounded_neighbours_hide_a_small_count_without_further_losses() -> None:
    # 13 → 15 and 20 → 20: the total may be 18..22, White 13..17, so BME may be 1..7
    choice = choose(_line({"W": 13, "B": 7, "U": 0, "T": 20}), Policy.rounding())
    assert {name for (name,) in choice.withheld} == {"B"}


def test_rounded_neighbours_that_give_a_small_count_away_are_withheld_as_well() -> None:
    # 17 → 15 (13..17) and 24 → 25 (23..27): BME is at least 6 and at most 7
    choice = choose(_line({"W": 17, "B": 7, "U": 0, "T": 24}), Policy.rounding())
    assert choice.safe and len(choice.withheld) == 2
