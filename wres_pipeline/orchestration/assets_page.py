"""docs/assets.md, made from the Dagster definitions: every asset, check, job, schedule and sensor, a line each.

`python -m wres_pipeline.orchestration.assets_page` writes it; a test compares the committed page with a new one.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import dagster as dg

from wres_pipeline.definitions import defs
from wres_pipeline.orchestration import checks, partitions

PAGE = "assets.md"
GROUPS = {
    "extracts": "Extracts: as they arrived",
    "canonical_rows": "Canonical rows: in the standard's terms",
    "figures": "Figures of a year",
    "data_quality": "Ethnicity data quality of a month",
    "reports": "Reports",
}
"""Group of assets -> its heading, in the order of a run."""


def assets_page() -> str:
    """The page of everything the web UI lists."""
    graph = defs.resolve_asset_graph()
    nodes = {key.to_user_string(): graph.get(key) for key in graph.get_all_asset_keys()}
    parts = [
        "# Assets",
        "What the web UI lists. Made from the Dagster definitions by "
        "`python -m wres_pipeline.orchestration.assets_page`: do not edit it by hand.",
    ]
    groups = {node.group_name for node in nodes.values()}
    for group in (*GROUPS, *sorted(groups - set(GROUPS))):
        parts.append(f"## {GROUPS.get(group, group)} (`{group}`)")
        parts.append(
            _table(
                ("Asset", "What it is", "Made from", "Made for"),
                [
                    (
                        f"`{name}`",
                        _sentence(node.description or ""),
                        _names(parent.to_user_string() for parent in node.parent_keys),
                        _span(node.partitions_def),
                    )
                    for name, node in sorted(nodes.items())
                    if node.group_name == group
                ],
            )
        )
    parts += [
        "## Checks",
        "A blocking check stops, in every run, what is made after it for the organisation it failed for.",
        _table(*_checks()),
    ]
    parts += ["## Jobs, schedules and sensors", _table(*_automation())]
    return "\n\n".join(parts) + "\n"


def _checks() -> tuple[Sequence[str], list[Sequence[str]]]:
    graph = defs.resolve_asset_graph()
    found = [graph.get(key) for key in sorted(graph.asset_check_keys)]
    return ("Check", "Of", "Blocks"), [
        (
            node.key.name.replace("_", " "),
            f"`{node.key.asset_key.to_user_string()}`",
            "yes" if checks.STOPS.strip() in (node.description or "") else "",
        )
        for node in found
    ]


def _automation() -> tuple[Sequence[str], list[Sequence[str]]]:
    repository = defs.get_repository_def()
    jobs = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]
    rows: list[Sequence[str]] = [(f"`{job.name}`", "job", job.description or "") for job in jobs]
    rows += [
        (f"`{one.name}`", f"schedule, `{one.cron_schedule}`", one.description or "")
        for one in repository.schedule_defs
    ]
    rows += [(f"`{one.name}`", "sensor", one.description or "") for one in repository.sensor_defs]
    return ("Name", "Kind", "What it does"), rows


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words[:1].upper() + words[1:]


def _span(definition: dg.PartitionsDefinition | None) -> str:
    if definition is None:
        return ""
    return (
        "an organisation's month"
        if definition == partitions.body_months
        else "an organisation's reporting year"
    )


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def main(folder: Path = Path("docs")) -> None:
    """Write the page into a folder."""
    (folder / PAGE).write_text(assets_page(), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(folder) for folder in sys.argv[1:2]))
