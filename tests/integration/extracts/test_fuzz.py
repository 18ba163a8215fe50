"""No damage to a file breaks the conservation rule or ends without a message. The long run is evidence/spoilt_files.py."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb

from tests.integration.extracts.spoiling import land_spoilt, spoilt_file
from wres_pipeline.extracts.intake import landing

INPUTS = 150
SEED = 20261124


def test_spoilt_files_are_landed_whole_or_refused_with_a_message(tmp_path: Path) -> None:
    came_to = {"landed": 0, "refused": 0}
    with duckdb.connect() as con:
        landing.create_tables(con)
        for number in range(INPUTS):
            folder = tmp_path / str(number)
            folder.mkdir()
            dice = random.Random(SEED + number)
            path = spoilt_file(dice, folder)
            if path.stat().st_size:
                came_to[land_spoilt(con, path, f"F{number}")] += 1
    assert came_to["landed"] > INPUTS // 5
    assert came_to["refused"] > INPUTS // 20
