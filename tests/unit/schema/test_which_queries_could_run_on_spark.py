"""Every .sql file put into Spark's dialect by sqlglot: which cannot be, and which call what only DuckDB has, is written in
docs/scale.md. It says where the sets and counts could run beside their rows; nothing here runs on Spark."""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "wres_pipeline").rglob("*.sql"))
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
LACKING = {"jarowinkler_similarity", "jaro_winkler_similarity", "jarowinklersimilarity"}
"""Functions sqlglot knows by name and Spark does not have."""


def _bound(path: Path) -> set[str]:
    """What binds the queries of a file to DuckDB: `no translation`, or names of functions."""
    text = re.sub(r"\$([a-z])", r"$p_\1", path.read_text(encoding="utf-8").replace("?", ":p"))
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    found: set[str] = set()
    try:
        for tree in filter(None, sqlglot.parse(text, read="duckdb")):
            found |= {call.name.lower() for call in tree.find_all(exp.Anonymous)}
            found |= {
                "jaro_winkler_similarity"
                for call in tree.find_all(exp.Func)
                if call.sql_name().lower() in LACKING
            }
            sqlglot.parse_one(tree.sql("spark", unsupported_level=ErrorLevel.RAISE), read="spark")
    except SqlglotError:
        found.add("no translation")
    return found


@cache
def bound() -> dict[str, set[str]]:
    """File -> what binds it, of those that something binds."""
    return {
        path.relative_to(ROOT / "wres_pipeline").as_posix(): what for path in FILES if (what := _bound(path))
    }


def test_the_page_says_of_everything_that_binds_a_query_why_and_names_nothing_else() -> None:
    listed = set(re.findall(r"^\| `?([\w ]+?)`? \| \S", PAGE, re.M)) - {"what"}
    assert listed == set().union(*bound().values())


def test_more_than_eight_in_ten_of_the_queries_translate() -> None:
    assert len(FILES) > 100 and len(bound()) < 0.2 * len(FILES)


def test_every_set_and_count_of_the_indicators_translates() -> None:
    stuck = [
        name for name, what in bound().items() if name.startswith("indicators/") and "no translation" in what
    ]
    assert stuck == []
