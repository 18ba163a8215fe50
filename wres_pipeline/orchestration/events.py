"""What became of the steps of a run, as Dagster's events: a cell of the grid for every organisation, checks over all, and
a failure at the end that names who was not made and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg

from wres_pipeline.orchestration.metadata import lineage_of, markdown_table
from wres_pipeline.pipelines import check_outcomes
from wres_pipeline.pipelines.step import Step, StepResult
from wres_pipeline.quality.expectations import Outcome

TOLD_IN_FULL = 5
"""Organisations a failed check is told of in full where it is told in a line."""
SHOWN_IN_THE_TABLE = 50
"""Organisations in the table on the check's page."""
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
) -> Told:
    """Record each result as it comes: what stands in the cells of its organisation, and what to say at the end."""
    told = Told()
    assets = {step.name: step.assets for step in plan}
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    from_columns = {asset: lineage_of(asset) for asset in selected}
    for result in results:
        for outcome in result.done.outcomes:
            told.outcomes.setdefault((outcome.asset, outcome.check), []).append(outcome)
        if not result.stands:
            told.not_made.append(result)
            words = f"{result.organisation_code}: {result.step} {result.state}: {result.words}"
            context.log.warning(words)
            continue
        told.unchanged += result.state == "unchanged"
        told.made += result.state == "made"
        for asset in assets[result.step]:
            for cell in cells(result.organisation_code) if asset in selected else ():
                context.log_event(
                    dg.AssetMaterialization(
                        asset, partition=cell, metadata={**metadata_of(result), **from_columns[asset]}
                    )
                )
    context.log.info(
        f"{told.made} made, {told.unchanged} unchanged and left alone, {len(told.not_made)} not made"
    )
    return told


def metadata_of(result: StepResult) -> dict[str, dg.MetadataValue]:
    """An organisation's facts for the catalogue: numbers are plotted over time, files are links."""
    found: dict[str, dg.MetadataValue] = {}
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
