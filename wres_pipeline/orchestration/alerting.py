"""A sensor that tells people when the TRAC-to-ESR gap opens, once, and again when it closes."""

import json
from dataclasses import fields
from typing import Any

import dagster as dg

from wres_pipeline.orchestration.resources import Scope, Warehouse
from wres_pipeline.quality import alerts, break_point, gap
from wres_pipeline.settings import Settings


def channels_of(settings: Settings) -> alerts.Channels:
    """Where the settings say that alerts go."""
    return alerts.Channels(**{f.name: getattr(settings.alerts, f.name) for f in fields(alerts.Channels)})


@dg.sensor(
    name="trac_to_esr_gap_alert",
    minimum_interval_seconds=300,
    description="When the gap has been looked at again: word to those the settings name, as it opens and as it closes.",
)
def gap_alert_sensor(
    context: dg.SensorEvaluationContext, warehouse: Warehouse, scope: Scope
) -> dg.SkipReason:
    """Looks when `quality_gap` has been made again; sends by email and webhook, as the settings say."""
    made = context.instance.get_latest_materialization_event(dg.AssetKey("quality_gap"))
    if made is None:
        return dg.SkipReason("The gap has not been looked at yet.")
    held: dict[str, Any] = json.loads(context.cursor) if context.cursor else {"seen": "", "states": {}}
    seen = f"{made.run_id}:{made.timestamp}"
    if seen == held["seen"]:
        return dg.SkipReason("Nothing new.")
    settings = scope.settings()
    channels = channels_of(settings)
    if not channels.any:
        return dg.SkipReason("Nobody is to be told: [alerts] of wres.toml is empty.")
    told = tell(warehouse, settings, channels, held["states"])
    context.update_cursor(json.dumps({"seen": seen, "states": held["states"]}, sort_keys=True))
    return dg.SkipReason(f"Told of {', '.join(told)}." if told else "The gap is as it was.")


def tell(
    warehouse: Warehouse, settings: Settings, channels: alerts.Channels, states: dict[str, str]
) -> list[str]:
    """Send what there is to tell of each organisation's newest account; `states` remembers what was told."""
    told = []
    with warehouse.open() as con:
        gap.create_tables(con)
        newest = con.execute(
            "SELECT organisation_code, max(as_at) FROM quality_gap GROUP BY organisation_code ORDER BY ALL"
        ).fetchall()
        accounts = [gap.read(con, [code], as_at)[code] for code, as_at in newest]
    for account in accounts:
        code = account.organisation_code
        found = break_point.find([break_point.Month(m.month, m.arrived, m.starters) for m in account.months])
        what, state = alerts.news(states.get(code, ""), found)
        if what is not None:
            alerts.send(channels, alerts.message(what, found, account, settings.organisation(code).title))
            told.append(f"{code} {what}")
        states[code] = state
    return told
