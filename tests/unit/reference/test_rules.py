"""Pins rules.csv: the rules that are not verified, and the decisions of this project."""

from __future__ import annotations

from wres_pipeline.reference import indicators, tables, years


def test_every_rule_says_how_sure_it_is_and_where_it_stands() -> None:
    for row in tables.rows("rules"):
        assert row["evidence"] in {"seen", "recalled", "ours"}, row["id"]
        assert row["text"] and row["lives_in"], row["id"]


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
            rooms = (tables.FOLDER, tables.FOLDER / "lists", package)
            assert any((room / place).exists() for room in rooms), (rule.id, place)
