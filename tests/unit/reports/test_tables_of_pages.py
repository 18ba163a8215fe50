"""A table of a page against the component of NHS.UK that it stands for: the same text, to the last blank."""

from __future__ import annotations

from typing import Any

import pytest

from wres_pipeline.render import page

COMPONENT = (
    '{% from "nhsuk/components/tables/macro.jinja" import table as nhsukTable %}{{ nhsukTable(given) }}'
)
TABLES: list[tuple[str, tuple[str, ...], list[tuple[Any, ...]], tuple[int, ...], str]] = [
    ("A & b", ("Group", "-3 <y>"), [("r1", "-4"), ("r 2", ""), (None, 0)], (1,), "s"),
    ("<i>Two</i>\nlines", ("a", "b", "c"), [(' "quoted" ', "it's", "a\n\nb\u2028c  d")], (0, 2), "m"),
    ("", ("only", "a head"), [], (), "s"),
    ("No head", (), [("x", "1-2"), ("y", "2021-03-31")], (1,), "l"),
    ("More cells than names", ("a",), [("1", "2", "3"), ()], (), "s"),
    ("Blanks", (" ", "\t"), [("\xa0", " \n "), ("\x00", "{{ 7 * 7 }}")], (0,), "s"),
]


@pytest.mark.parametrize("responsive", [False, True])
@pytest.mark.parametrize(("caption", "head", "rows", "numeric", "size"), TABLES)
def test_a_table_is_what_the_component_of_nhs_uk_prints(
    caption: str,
    head: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    numeric: tuple[int, ...],
    size: str,
    responsive: bool,
) -> None:
    def cell(value: Any, column: int) -> dict[str, str]:
        words = "" if value is None else str(value).replace("\x00", "")
        return {"text": words or "–", **({"format": "numeric"} if column in numeric else {})}

    given = {
        "caption": {"text": caption, "size": size},
        "firstCellIsHeader": True,
        "responsive": responsive,
        "head": [cell(name, column) for column, name in enumerate(head)],
        "rows": [[cell(value, column) for column, value in enumerate(row)] for row in rows],
    }
    expected = page.environment().from_string(COMPONENT).render(given=given)
    assert str(page.table(caption, head, rows, numeric=numeric, responsive=responsive, size=size)) == expected
