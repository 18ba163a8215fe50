"""What the web UI answers, asked in this process: its own GraphQL schema on the Dagster home of a run, without a server.

The queries are written from the schema: every field of every type that is reached, so that a field nobody thought of is asked
for too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
import pytest
from dagster._core.remote_origin import InProcessCodeLocationOrigin
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import InProcessWorkspaceLoadTarget
from dagster_graphql.schema import create_schema
from graphql import get_named_type, is_abstract_type, is_leaf_type, is_required_argument

from tests.annual_run import AnnualRun

MOST_WITHOUT = 20


@dataclass
class WebUi:
    """schema: the web UI's. context: what it answers from. cannot: fields that it has no answer for outside a server."""

    schema: Any
    context: WorkspaceProcessContext
    cannot: set[str] = field(default_factory=set)

    def ask(self, query: str) -> dict[str, Any]:
        """The answer to a query."""
        told = self._answer(query)
        assert not told.errors, told.errors
        return dict(told.data)

    def _answer(self, query: str) -> Any:
        context = self.context.create_request_context()
        asked = self.schema.execute_async(query, context_value=context)
        # the browser of another test may have left its loop running in this thread
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, asked).result()

    def everything(self, name: str, given: str = "", *, depth: int = 2, only: tuple[str, ...] = ()) -> str:
        """All that one field of the query answers, to a depth, as text. given: its arguments. only: these of its own fields."""
        of = self.schema.graphql_schema.query_type.fields[name].type
        while True:
            told = self._answer(f"{{ {name}{given} {self._fields(of, depth, (), only)} }}")
            if not told.errors:
                return json.dumps(told.data, ensure_ascii=False)
            before = len(self.cannot)
            self.cannot |= {str(error.path[-1]) for error in told.errors if error.path}
            assert before < len(self.cannot) < MOST_WITHOUT, (told.errors, self.cannot)

    def _fields(self, of: Any, depth: int, above: tuple[str, ...], only: tuple[str, ...] = ()) -> str:
        kind = get_named_type(of)
        if is_abstract_type(kind):
            possible = self.schema.graphql_schema.get_possible_types(kind)
            told = {each.name: self._fields(each, depth, above, only) for each in possible}
            return "{ __typename " + " ".join(f"... on {name} {f}" for name, f in told.items() if f) + " }"
        found = []
        for name, one in kind.fields.items() if kind.name not in above else ():
            if (
                any(is_required_argument(each) for each in one.args.values())
                or (only and name not in only)
                or f"{kind.name}_{name}" in self.cannot
            ):
                continue
            below = ""
            if not is_leaf_type(get_named_type(one.type)):
                below = self._fields(one.type, depth - 1, (*above, kind.name)) if depth else ""
                if not below:
                    continue
            found.append(
                f"{kind.name}_{name}: {name} {below}"
            )  # two types of a union may hold one name with two kinds
        return "{ " + " ".join(found) + " }" if found else ""


@contextmanager
def web_ui_of(run: AnnualRun) -> Iterator[WebUi]:
    """The web UI on the Dagster home and settings of a run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(run.dagster_home))
        patch.setenv("WRES_SETTINGS", str(run.place / "wres.toml"))
        target = LoadableTargetOrigin(module_name="wres_pipeline.definitions")
        place = InProcessWorkspaceLoadTarget(InProcessCodeLocationOrigin(target))
        with dg.DagsterInstance.get() as instance, WorkspaceProcessContext(instance, place) as context:
            yield WebUi(create_schema(), context)


def answers(ui: WebUi, *, of_assets: bool) -> Iterator[tuple[str, str]]:
    """(what was asked, the answer) for runs and their events, which hold every check and materialization; of_assets: and for each
    asset and check by itself, as their pages ask."""
    yield "runs", ui.everything("runsOrError")
    for run in ui.ask("{ runsOrError { ... on Runs { results { runId } } } }")["runsOrError"]["results"]:
        yield "events", ui.everything("logsForRun", f'(runId: "{run["runId"]}")')
    if not of_assets:
        return
    told = (
        "assetMaterializations",
        "assetObservations",
        "assetChecksOrError",
        "metadataEntries",
        "description",
        "assetKey",
    )
    yield "assets", ui.everything("assetNodes", only=told)
    checks = ui.ask(
        "{ assetNodes { assetKey { path } assetChecksOrError { ... on AssetChecks { checks { name } } } } }"
    )
    for node in checks["assetNodes"]:
        for check in node["assetChecksOrError"].get("checks", []):
            key = json.dumps(node["assetKey"]["path"])
            given = f'(assetKey: {{path: {key}}}, checkName: "{check["name"]}", limit: 20)'
            yield (
                f"check {check['name']}",
                ui.everything(
                    "assetCheckExecutions",
                    given,
                    only=("id", "runId", "status", "stepKey", "partition", "evaluation"),
                ),
            )
