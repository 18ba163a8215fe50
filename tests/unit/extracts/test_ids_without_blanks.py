"""An id is loaded without the blank space around it, whichever blank it is, and is otherwise as written."""

from itertools import product

import duckdb
import pytest

from wres_pipeline.extracts.statements import trimmed

pytestmark = pytest.mark.unit


def loaded(texts: list[str | None]) -> list[str | None]:
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT {trimmed('t')} FROM (SELECT unnest(?::VARCHAR[]) AS t, unnest(range(?)) AS n) ORDER BY n",  # noqa: S608
            [texts, len(texts)],
        ).fetchall()
    return [text for (text,) in found]


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("10000001", "10000001"),
        (" 10000001", "10000001"),
        ("10000001\t", "10000001"),
        ("\r\n10000001\n", "10000001"),
        ("\u00a010000001\u200b", "10000001"),
        ("\ufeff10000001-2", "10000001-2"),
        ("QQ 12 34 56 C", "QQ 12 34 56 C"),
        ("ÉLODIE-1 ", "ÉLODIE-1"),
        (" \t\u00a0", None),
        ("", None),
        (None, None),
    ],
)
def test_an_id_loses_every_kind_of_blank_around_it_and_none_within(
    written: str | None, id_: str | None
) -> None:
    assert loaded([written]) == [id_]


def test_the_short_way_and_trim_agree_on_every_short_text() -> None:
    texts = ["".join(cell) for n in range(5) for cell in product("9é\u00a0\u200b\ufeff \t\r\n", repeat=n)]
    assert loaded(list(texts)) == [text.strip("\u00a0\u200b\ufeff \t\r\n") or None for text in texts]
