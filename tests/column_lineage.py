"""From which columns each canonical column, each link and each figure come, read out of the SQL that makes them.

    python -m tests.column_lineage

writes wres_pipeline/schema/lineage.csv, which the web UI's lineage of columns is made from. A value that a text was looked up for comes from
the columns it was looked up by.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlglot
from sqlglot import exp

from wres_pipeline import schema
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.indicators import REGISTRY

PACKAGE = Path(__file__).parents[1] / "wres_pipeline"
FILE = PACKAGE / "schema" / "lineage.csv"
HEAD = ("asset", "column", "from_asset", "from_column")
CANONICAL, COUNTS = PACKAGE / "extracts" / "canonical" / "sql", PACKAGE / "indicators" / "sql"
CLOSED = "quality_gap_closed"
"""The gap as if it were closed: a table of a moment, of the gap and the workforce, which are read too."""
GAP = PACKAGE / "quality" / "trac_to_esr" / "sql" / "gap_account.sql"
KEYS = {"delivery_id", "row_number", "organisation_code"}
"""Columns that say which row it is, in every table: what is looked up by them is not made from them."""
WORKED_OUT = ("numerator", "denominator", "value")
"""Columns of a figure that counts decide."""
STAFF, SURVEY = "workforce_cells", ("survey_results", "survey_published")
COUNTED_BY = {
    "1": (STAFF,), "2": ("applications", "recruitment_summary"), "3": ("disciplinary_people", STAFF), "4": ("training_people", STAFF),
    **dict.fromkeys("5678", SURVEY), "9": ("board_members", STAFF), "race_disparity": (STAFF,),
}  # fmt: skip
"""Indicator -> the counts it is worked out from, beside those that are typed."""
LINKAGE, MONTH, DESK = PACKAGE / "linkage" / "sql", PACKAGE / "quality", PACKAGE / "commissioner" / "sql"
READ_BY = {
    "linkage_links": [LINKAGE / f"{name}.sql" for name in ("applications", "staff", "posts", "starts")],
    "quality_figures": (
        *(MONTH / "sql" / f"{name}.sql" for name in (
            "staff_by_state", "states_over_time", "undeclared_groups", "codes_in_use", "consistency", "month_deliveries",
            "month_quarantine", "closed_range",
        )),
        *(MONTH / "trac_to_esr" / "sql" / f"{name}.sql" for name in (
            "gap_counts", "gap_months", "gap_earlier", "gap_progress", "break_starters", "arrival_lag", "late_answers", "linkage_card",
        )),
    ),
    "commissioning_figures": [DESK / f"{name}.sql" for name in (
        "provider_returns", "national_results", "own_survey_results", "recruitment_funnel", "opportunity_people", "appraised_people",
    )],
}  # fmt: skip
"""Table that Python works out -> the statements that read what for."""
DECIDED = {
    "linkage_links": ("method", "score", "margin", "band", "explanation", "expected"),
    "quality_figures": WORKED_OUT,
    "commissioning_figures": WORKED_OUT,
}
"""Columns of these tables that come from everything their statements read."""
OF_FIGURES = {
    "figure_changes": {
        "earlier_year": "reporting_year", "earlier_value": "value", "earlier_shown": "shown", "earlier_restated_shown": "shown",
        "words": "shown", "public_words": "shown", "earlier_basis": "basis",
        **dict.fromkeys(("change", "definition_part", "population_part", "remaining_part", "kind", "p", "test"), WORKED_OUT),
    },
    "figure_restatements": {
        "before_shown": "shown", "after_shown": "shown", "before_deliveries": "deliveries", "after_deliveries": "deliveries",
    },
    "quality_figures": {name: name for name in ("indicator", "cluster", "band", "ethnic_group")},
    "commissioning_figures": {"own_shown": "shown", **dict.fromkeys(WORKED_OUT, WORKED_OUT)},
}  # fmt: skip
"""Table -> its columns that come from columns of the figures, followed by a person through the Python."""
Place = tuple[str, str]
Columns = dict[str, set[Place]]


def _parsed(path: Path) -> Iterator[exp.Expression]:
    text = re.sub(r"\$([a-z])", r"$p_\1", path.read_text(encoding="utf-8").replace("?", ":p"))
    yield from filter(None, sqlglot.parse(text, read="duckdb"))


class _Query:
    """Resolves the columns of one statement. tables: the tables it may read, each with its columns."""

    def __init__(self, tables: Mapping[str, tuple[str, ...]]) -> None:
        self.tables = tables
        self.chosen_by: set[Place] = set()
        """What rows are chosen by, anywhere in the statement."""

    def of(self, query: exp.Expression, above: Mapping[str, Columns]) -> Columns:
        """Output column -> the columns of tables it comes from."""
        known = dict(above)
        with_ = query.args.get("with_") or query.args.get("with")
        for cte in with_.expressions if with_ else ():
            known[cte.alias] = self.of(cte.this, known)
        if isinstance(query, exp.Subquery):
            return self.of(query.this, known)
        if isinstance(query, exp.SetOperation):
            left, right = self.of(query.left, known), self.of(query.right, known)
            for mine, theirs in zip(list(left), list(right), strict=False):
                left[mine] |= right[theirs]
            return left
        if isinstance(query, exp.Pivot):
            return self._of_unpivot(query)
        if not isinstance(query, exp.Select):
            return {}
        return self._of_select(query, known)

    def _of_unpivot(self, query: exp.Pivot) -> Columns:
        """Columns made rows: name and value come from every one of them."""
        of, turned = query.this.name, {each.name for each in query.expressions}
        made: Columns = {name: {(of, name)} for name in self.tables[of] if name not in turned}
        for each in query.args["into"].find_all(exp.Identifier):
            made[each.name] = {(of, name) for name in turned}
        return made

    def _of_select(self, query: exp.Select, known: Mapping[str, Columns]) -> Columns:
        sources: dict[str, Columns | set[Place]] = {}
        from_ = query.args.get("from_") or query.args.get("from")
        if from_ is not None:
            sources[from_.this.alias_or_name] = self._source(from_.this, known)
        for join in query.args.get("joins") or ():
            found = self._source(join.this, known)
            if found is None:  # a table of looked up texts: whatever it gives comes from what it is joined by
                on = join.args.get("on")
                found = {
                    place
                    for column in (on.find_all(exp.Column) if on else ())
                    for place in self._column(column, sources, {})
                    if place[1] not in KEYS
                }
            sources[join.this.alias_or_name] = found
        if where := query.args.get("where"):
            self.chosen_by |= self._read(where, sources, {}, known)
        made: Columns = {}
        for each in query.expressions:
            if isinstance(each, exp.Star) or (
                isinstance(each, exp.Column) and isinstance(each.this, exp.Star)
            ):
                of = each.table if isinstance(each, exp.Column) else ""
                for name, columns in sources.items():
                    if isinstance(columns, dict) and of in ("", name):
                        made |= {column: set(places) for column, places in columns.items()}
                continue
            made[each.alias_or_name] = self._read(each, sources, made, known)
        return made

    def _source(self, of: exp.Expression, known: Mapping[str, Columns]) -> Columns | None:
        if isinstance(of, exp.Subquery):
            return self.of(of.this, known)
        if not isinstance(of, exp.Table):
            return None
        if of.name in known:
            return known[of.name]
        columns = self.tables.get(of.name)
        return {name: {(of.name, name)} for name in columns} if columns else None

    def _read(
        self,
        part: exp.Expression,
        sources: Mapping[str, Columns | set[Place]],
        made: Columns,
        known: Mapping[str, Columns],
    ) -> set[Place]:
        """Everything an expression reads, queries within it too."""
        inner = list(part.find_all(exp.Select))
        found = {place for query in inner for places in self.of(query, known).values() for place in places}
        for column in part.find_all(exp.Column):
            found |= self._column(column, sources, made)
        return found

    @staticmethod
    def _column(column: exp.Column, sources: Mapping[str, Columns | set[Place]], made: Columns) -> set[Place]:
        named = [sources[column.table]] if column.table in sources else []
        for columns in named if column.table else sources.values():
            if isinstance(columns, dict) and column.name in columns:
                return columns[column.name]
        if column.table:
            return named[0] if named and isinstance(named[0], set) else set()
        if column.name in made:
            return made[column.name]
        looked_up = [columns for columns in sources.values() if isinstance(columns, set)]
        return looked_up[0] if len(looked_up) == 1 else set()


LEDGER = schema.table("deliveries").names


def _canonical() -> Iterator[tuple[str, str, str, str]]:
    raw = {table.name: table.names for table in landing.raw_tables()}
    beside = {
        name: schema.table(name).names
        for name in ("core_assignments", "core_applications", "core_staff", "linkage_links")
    }
    made_by = [
        (table.name, CANONICAL / f"{table.statement or table.name}.sql")
        for table in (*core.CORE_TABLES, *core.IDENTITIES)
    ]
    made_by += [("core_workforce", PACKAGE / "schema" / "views" / "core_workforce.sql"), ("quality_gap", GAP)]
    for name, file in made_by:
        declared = schema.table(name).names
        for tree in _parsed(file):
            query = tree.expression if isinstance(tree, exp.Insert | exp.Create) else tree
            columns = _Query(raw | beside | {"core_scope": LEDGER}).of(query, {})
            for column in declared:
                for table, of in columns.get(column, ()):
                    yield name, column, "deliveries" if table == "core_scope" else table, of


def _of_indicators() -> Iterator[tuple[str, str, str, str]]:
    tables = {
        name: schema.table(name).names
        for name in (*dict.fromkeys(one.name for one in core.CORE_TABLES), "core_workforce")
    }
    for rule in REGISTRY:
        read: set[Place] = set()
        for name in (*COUNTED_BY[rule.number], "typed_counts"):
            for tree in _parsed(COUNTS / f"{name}.sql"):
                query = _Query(tables)
                found = {place for places in query.of(tree, {}).values() for place in places}
                read |= {place for place in found | query.chosen_by if place[1] not in KEYS}
        yield from (("figures", "value", *place) for place in read)
        for column in WORKED_OUT:
            for place in read:
                yield (f"indicator_{rule.number}", column, *place)


def _worked_out() -> Iterator[tuple[str, str, str, str]]:
    """The tables that Python works out: what their statements read, and what they take over from the figures."""
    tables = {table.name: table.names for table in (*schema.stored_tables(), *landing.raw_tables())} | {
        "core_workforce": schema.table("core_workforce").names
    }
    for name, files in READ_BY.items():
        read: set[Place] = set()
        for tree in (tree for file in files for tree in _parsed(file)):
            query, asked = _Query(tables), tree.expression if isinstance(tree, exp.Create) else tree
            found = {place for places in query.of(asked, {}).values() for place in places}
            read |= {place for place in found | query.chosen_by if place[1] not in KEYS}
        yield from (
            (name, column, *place)
            for column in DECIDED[name]
            for place in read
            if place[0] not in (name, CLOSED)
        )
    yield "linkage_links", "application_id", "core_applications", "application_id"
    yield "linkage_links", "employee_number", "core_staff", "employee_number"
    for column in ("first_name", "last_name"):
        yield "linkage_links", "kind_of_names", "core_identities", column
    for name, columns in OF_FIGURES.items():
        same = (
            set(schema.table("figures").names) & set(schema.table(name).names)
            if name.startswith("figure_")
            else ()
        )
        for column, of in [*((one, one) for one in same), *columns.items()]:
            for each in (of,) if isinstance(of, str) else of:
                yield name, column, "figures", each


def made_from_extracts() -> list[str]:
    """The canonical tables that have a statement of their own."""
    return sorted({table.name for table in (*core.CORE_TABLES, *core.IDENTITIES)})


def text() -> str:
    """The file: one row is a column that another comes from."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(sorted({*_canonical(), *_of_indicators(), *_worked_out()}))
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
