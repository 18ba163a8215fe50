"""Rows in = rows accepted + rows set aside, counted again from the tables: every way it can fail shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wres_pipeline.extracts.intake.ledger import Account

SOUND = Account("d1", "X01", "training", date(2021, 3, 31), "training_2021-03-31.csv", 10, 8, 2, 10, 10, 2)


def test_a_sound_account_adds_up() -> None:
    assert SOUND.adds_up


@pytest.mark.parametrize(
    "changes",
    [{"rows_accepted": 7}, {"stored": 9}, {"stored": 11}, {"numbered": 9}, {"aside": 1}, {"rows_in": 11}],
)
def test_a_row_lost_doubled_or_without_its_reason_shows(changes: dict[str, int]) -> None:
    assert not replace(SOUND, **changes).adds_up
