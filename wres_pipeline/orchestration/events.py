"""What became of the steps of a run, as Dagster's events: a cell of the grid for every organisation, checks over all, and
a failure at the end that names who was not made and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, product
from pathlib import Path
from typing import Any

import dagster as dg

from wres_pipeline.orchestration.metadata import OWNER, is_stored, lineage_of, markdown_table
from wres_pipeline.pipelines import check_outcomes, records
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.pipelines.step import Step, StepResult
from wres_pipeline.quality.expectations import Outcome

TOLD_IN_FULL = 5
"""Organisations a failed check is told of in full where it is told in a line."""
SHOWN_IN_THE_TABLE = 50
"""Organisations in the table on the check's page."""
PARTITION_ROWS = "dagster/partition_row_count"
"""The key Dagster knows the rows of a partition by."""
CURVES = (
    "headcount",
    "declared share",
    "ethnicity not known",
    "arrival share",
    "declared in TRAC and not in ESR",
    "verdict: clear difference",
)
"""Facts that are worth a curve."""
SEVERITIES = {
    check_outcomes.BLOCKING: dg.AssetCheckSeverity.ERROR,
    check_outcomes.ERROR: dg.AssetCheckSeverity.ERROR,
    check_outcomes.WARNING: dg.AssetCheckSeverity.WARN,
}


@dataclass(slots=True)
class Told:
    """What a run has told so far: outcomes by asset and check, and the steps that were not made."""

    outcomes: dict[tuple[str, str], list[Outcome]] = field(default_factory=dict)
    not_made: list[StepResult] = field(default_factory=list)
    unchanged: int = 0
    made: int = 0

    def outcomes_of(self, result: StepResult) -> None:
        """Take in what became of a step for an organisation."""
        for outcome in result.done.outcomes:
            self.outcomes.setdefault((outcome.asset, outcome.check), []).append(outcome)
        if not result.stands:
            self.not_made.append(result)
        self.unchanged += result.state == "unchanged"
        self.made += result.state == "made"

    def add(self, other: Told) -> None:
        """Take in what was told of another period."""
        for key, outcomes in other.outcomes.items():
            self.outcomes.setdefault(key, []).extend(outcomes)
        self.not_made += other.not_made


def tell(
    context: dg.AssetExecutionContext,
    results: Iterable[StepResult],
    plan: Sequence[Step],
    cells: Callable[[str], Sequence[dg.MultiPartitionKey]],
    rows: Callable[[str], Mapping[str, int]],
) -> Told:
    """Record each result as it comes: what stands in the cells of its organisation, and what to say at the end.

    rows: a table -> organisation -> its rows in the period. A table is told of when it is made for all, with them; from which
    columns it comes stands in the last cell alone, since the web UI reads that of the newest, and it is long.
    """
    told = Told()
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    assets = {step.name: [name for name in step.assets if name in selected] for step in plan}
    for step, found in groupby(results, lambda result: result.step):
        tables = [name for name in assets[step] if is_stored(name)]
        whole = list(found) if tables else []
        counted = {name: rows(name) for name in tables}
        last = next((result for result in reversed(whole) if result.stands), None)
        for result in whole or found:  # noqa: B031 - one of the two
            told.outcomes_of(result)
            if not result.stands:
                words = f"{result.organisation_code}: {result.step} {result.state}: {result.words}"
                context.log.warning(words)
                continue
            for name, cell in product(assets[step], cells(result.organisation_code)):
                about = metadata_of(result)
                if name in counted:
                    about[PARTITION_ROWS] = dg.MetadataValue.int(
                        counted[name].get(result.organisation_code, 0)
                    )
                if result is last:
                    about |= lineage_of(name)
                context.log_event(dg.AssetMaterialization(name, partition=cell, metadata=about))
    context.log.info(
        f"{told.made} made, {told.unchanged} unchanged and left alone, {len(told.not_made)} not made"
    )
    return told


def metadata_of(result: StepResult) -> dict[str, Any]:
    """An organisation's facts for the catalogue: numbers are plotted over time, files are links."""
    found: dict[str, Any] = {}
    for name, fact in result.done.facts.items():
        if isinstance(fact, str):
            found[name] = dg.MetadataValue.text(fact)
        else:
            found[name] = (
                dg.MetadataValue.float(fact) if isinstance(fact, float) else dg.MetadataValue.int(fact)
            )
    for path in result.done.files:
        found[path.name] = dg.MetadataValue.path(str(Path(path).resolve()))
    found["state"] = found.get("state", dg.MetadataValue.text(result.state))
    return found


def curves_spec(name: str, group: str, of: str, periods: dg.PartitionsDefinition) -> dg.AssetSpec:
    """The asset whose plots are the curves of every organisation, each its own: what has the same name is joined by the web
    UI, whosever it is."""
    return dg.AssetSpec(
        name, deps=[of], group_name=group, owners=[OWNER], kinds={"python"}, partitions_def=periods,
        description=f"The numbers of `{of}` that are worth a curve, a plot for each number and organisation: Overview, Metadata, Plots.",
    )  # fmt: skip


def tell_curves(
    context: dg.AssetExecutionContext, spec: dg.AssetSpec, scope: RunScope, period: str, partition: str
) -> None:
    """Record the numbers of a period that are worth a curve, of every organisation that it was made for."""
    with scope.open() as con:
        told = records.facts(con, period)
    numbers = {
        f"{name}: {code}": number
        for (code, name), number in sorted(told.items())
        if name in CURVES and isinstance(number, int | float)
    }
    context.log_event(dg.AssetMaterialization(spec.key, partition=partition, metadata=numbers))


def check_results(
    keys: Collection[dg.AssetCheckKey], outcomes: Mapping[tuple[str, str], Sequence[Outcome]]
) -> Iterator[dg.AssetCheckResult]:
    """One result for each check that was asked for, over all organisations of the run."""
    for key in sorted(keys):
        found = outcomes.get((key.asset_key.to_user_string(), key.name), ())
        failed = [outcome for outcome in found if not outcome.passed]
        yield dg.AssetCheckResult(
            asset_key=key.asset_key,
            check_name=key.name,
            passed=not failed and bool(found),
            severity=_severity(failed),
            description=_in_a_line(failed) if found else "not looked at: nothing was made for it to look at",
            metadata={
                "organisations": len(found),
                "looked at": sum(o.looked_at for o in found),
                **({"failed": _table(failed)} if failed else {}),
            },
        )


def _severity(failed: Sequence[Outcome]) -> dg.AssetCheckSeverity:
    severities = [SEVERITIES[outcome.severity] for outcome in failed]
    error = dg.AssetCheckSeverity.ERROR
    return error if error in severities else dg.AssetCheckSeverity.WARN


def _table(failed: Sequence[Outcome]) -> dg.MarkdownMetadataValue:
    rows = [(o.organisation_code, o.words) for o in failed[:SHOWN_IN_THE_TABLE]]
    return markdown_table(["organisation", "what was found"], rows)


def _in_a_line(failed: Sequence[Outcome]) -> str:
    said = "; ".join(f"{o.organisation_code}: {o.words}" for o in failed[:TOLD_IN_FULL])
    more = len(failed) - TOLD_IN_FULL
    return (f"{said}; and {more} more organisations" if more > 0 else said) or "as expected"


def fail_when_not_made(told: Told) -> None:
    """Fail the run at its end when an organisation was refused or failed; what stands of the others stays.

    Raises dagster.Failure with each organisation and its first reason.
    """
    if told.not_made:
        raise dg.Failure(not_made_in_words(told.not_made), allow_retries=False)


def not_made_in_words(results: Sequence[StepResult]) -> str:
    """Each organisation that was not made whole, with its first reason."""
    reasons: dict[str, str] = {}
    for result in results:
        where = "" if result.state == "refused" else f"{result.step.replace('_', ' ')} failed: "
        reasons.setdefault(result.organisation_code, f"{result.organisation_code}: {where}{result.words}")
    return "; ".join(reasons.values())
