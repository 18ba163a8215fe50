"""Pins rules.csv: the rules that are not verified, and the decisions of this project."""

from __future__ import annotations

from wres_pipeline.reference import indicators, tables, years


def test_the_list_of_rules_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("rules")) == 86
    columns = ["id", "area", "evidence", "first_year", "last_year", "indicators"]
    assert tables.fingerprint("rules", columns) == "0059f80970b6"


def test_every_rule_has_one_name_and_touches_known_indicators() -> None:
    names = [rule.id for rule in years.rules()]
    assert len(names) == len(set(names))
    for rule in years.rules():
        assert set(rule.indicators) <= set(indicators.NUMBERS)
        assert rule.area in years.AREAS
        assert rule.text.endswith(".")


def test_a_rule_lives_in_a_file_of_this_room_or_in_a_room_of_the_house() -> None:
    package = tables.FOLDER.parent
    for rule in years.rules():
        for place in rule.lives_in.split(", "):
            assert (tables.FOLDER / place).exists() or (package / place).exists(), (rule.id, place)
