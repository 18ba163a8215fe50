"""A sensor that tells people when the TRAC-to-ESR gap opens, once, and again when it closes."""

import json
from dataclasses import fields

import dagster as dg

from wres_pipeline.disclosure.rules.stakes import DECLARATION
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.pipelines.editions import policy_of
from wres_pipeline.quality import alerts
from wres_pipeline.quality.trac_to_esr import gap, gap_figures
from wres_pipeline.reference import years
from wres_pipeline.settings import Settings
from wres_pipeline.warehouse import WarehouseBusyError

TOLD = "wres/gap_alert_told"
"""Under this key the Dagster instance keeps, for each organisation and way, what was told last: kept as soon as a
message has left, where the cursor of a tick that fails is lost and every message of the tick would leave again."""


def channels_of(settings: Settings) -> alerts.Channels:
    """Where the settings say that alerts go."""
    return alerts.Channels(**{f.name: getattr(settings.alerts, f.name) for f in fields(alerts.Channels)})


def precision_of(settings: Settings) -> alerts.Precision:
    """Counts follow the policy of what is passed round, unless the settings say that the channels stay inside."""
    if settings.alerts.inside_the_organisation:
        return alerts.EXACT
    policy = policy_of(settings, years.all_years()[-1])
    return alerts.Precision(policy.threshold(DECLARATION), policy.nearest)


@dg.sensor(
    name="trac_to_esr_gap_alert",
    minimum_interval_seconds=300,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="When the gap has been looked at again: word to those the settings name, as it opens and as it closes. "
    "What could not be delivered is an error here, and is sent again at the next tick.",
)
def gap_alert_sensor(
    context: dg.SensorEvaluationContext, warehouse: Warehouse, scope: RunConfig
) -> dg.SkipReason:
    """Looks when `quality_gap` has been made again; sends by email and webhook, as the settings say."""
    settings = scope.settings()
    channels = channels_of(settings)
    if not channels.ways or "gap" in settings.alerts.not_about:
        return dg.SkipReason("Nobody is to be told: [alerts] of wres.toml is empty.")
    made = context.instance.get_latest_materialization_event(dg.AssetKey("quality_gap"))
    if made is None:
        return dg.SkipReason("The gap has not been looked at yet.")
    seen = json.dumps([made.run_id, made.timestamp, channels.ways])
    if seen == context.cursor:
        return dg.SkipReason("Nothing new.")
    try:
        accounts = newest_accounts(warehouse)
    except WarehouseBusyError:
        return dg.SkipReason("The warehouse is in use: looking again at the next tick.")
    if alerts.in_clear(channels):
        context.log.warning("Alerts leave by email in clear: set smtp_starttls = true, or smtp_port = 465.")
    told = tell(context.instance, accounts, settings, channels)
    context.update_cursor(seen)
    return dg.SkipReason(f"Told: {', '.join(told)}." if told else "The gap is as it was.")


def newest_accounts(warehouse: Warehouse) -> list[gap.GapAccount]:
    """The account of the latest month that each organisation has one of."""
    with warehouse.open() as con:
        newest = con.execute(
            "SELECT organisation_code, max(as_at) FROM (SELECT organisation_code, as_at FROM quality_gap UNION "
            "SELECT organisation_code, as_at FROM quality_gap_counted) GROUP BY organisation_code ORDER BY ALL"
        ).fetchall()
        return [gap.read(con, [code], as_at)[code] for code, as_at in newest]


def tell(
    instance: dg.DagsterInstance,
    accounts: list[gap.GapAccount],
    settings: Settings,
    channels: alerts.Channels,
) -> list[str]:
    """Send what there is to tell of each account by each way, and keep what was told; returns what was sent.

    Every account and way is tried. Raises AlertNotSentError, after trying all, when one failed: only that one is
    then tried again.
    """
    storage = instance.daemon_cursor_storage
    if storage is None:
        raise RuntimeError(
            "this Dagster instance keeps nothing between ticks: alerts would be sent again and again"
        )
    keys = {
        (a.organisation_code, way): f"{TOLD}/{a.organisation_code}/{way}"
        for a in accounts
        for way in channels.ways
    }
    precision = precision_of(settings)
    known = {(code, way): f"{TOLD}/{code}/{channels.known_before_as(way)}" for code, way in keys}
    before = storage.get_cursor_values({*keys.values(), *known.values()})
    sent, failed = [], []
    for account in accounts:
        code = account.organisation_code
        found = gap_figures.found_break(account)
        for way in channels.ways:
            last = before.get(keys[code, way]) or before.get(known[code, way]) or ""
            what, state = alerts.news(last, found)
            if what is None:
                continue
            report = f"{code}/data-quality/{account.as_at:%Y-%m}/internal/index.html in the output folder"
            words = alerts.message(what, found, account, settings.organisation(code).title, report, precision)
            try:
                alerts.send_by(way, channels, words)
            except alerts.AlertNotSentError as error:
                failed.append(f"{code} {what}: {error}")
                continue
            storage.set_cursor_values({keys[code, way]: state})
            sent.append(f"{code} {what}, by {way}")
    if failed:
        raise alerts.AlertNotSentError("; ".join(failed))
    return sent
