"""A sensor that tells people, once each and several in one message: a failed run or check, a refused file, a late delivery,
a date near."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb

from wres_pipeline import warehouse as warehouse_module
from wres_pipeline.extracts.intake import folder, folder_events, lateness
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.orchestration import partitions
from wres_pipeline.orchestration.alerting import channels_of
from wres_pipeline.orchestration.automation import LOOK_EVERY, STATE
from wres_pipeline.orchestration.metadata import BY_COMMAND
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.quality import alerts, notices
from wres_pipeline.quality.notices import Notice
from wres_pipeline.reports.calendar import deadlines
from wres_pipeline.settings import Settings

TOLD, CHANNEL = "wres/told", "wres/channel"
"""Keys under which the Dagster instance keeps, for each way, what was told and since when the way fails."""
KEPT = timedelta(days=800)
"""How long it is remembered that something was told: longer than anything comes up again."""
LOOKED_BACK = timedelta(days=2)
"""A run that failed longer ago is no news: whoever turns alerts on is not sent the past."""
PATIENCE = 5.0
STANDS = "stands/"
"""How the key of what stands in the warehouse begins: it is forgotten once it stands no more."""


@dg.sensor(
    name="people_are_told",
    minimum_interval_seconds=max(LOOK_EVERY, 1),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A run or a check that failed, a file that was refused, a delivery that is late, a date that comes near: word of all that is new in one "
    "message, once, to those the settings name. What could not be delivered is an error here, and is sent again at the next tick.",
)
def told_sensor(context: dg.SensorEvaluationContext, warehouse: Warehouse, scope: RunConfig) -> dg.SkipReason:
    """Looks at runs, the warehouse, folders and dates, and sends what nobody was told of yet."""
    settings = scope.settings()
    channels = channels_of(settings)
    if not channels.ways:
        return dg.SkipReason("Nobody is to be told: [alerts] of wres.toml is empty.")
    extracts = Path(scope.extracts)
    found, seen = gathered(
        context.instance, settings, Path(warehouse.path), extracts, Path(scope.output), datetime.now(UTC)
    )
    sent = tell(context.instance, channels, found, seen, date.today())  # noqa: DTZ011
    return dg.SkipReason(f"Told: {'; '.join(sent)}." if sent else "Nothing new.")


def gathered(
    instance: dg.DagsterInstance,
    settings: Settings,
    warehouse: Path,
    extracts: Path,
    output: Path,
    now: datetime,
) -> tuple[list[Notice], bool]:
    """(everything that stands to be told now, whether the warehouse could be looked into)."""
    left_out, today = set(settings.alerts.not_about), now.date()
    codes = folder.organisations(extracts)
    found = (
        failed_runs(instance, now, inside=settings.alerts.inside_the_organisation)
        if "run" not in left_out
        else []
    )
    stands = standing(warehouse) if "check" not in left_out else []
    found += stands or []
    if "late" not in left_out:
        due = settings.alerts.delivery_due_day
        found += [Notice("late", one.key, one.words) for one in lateness.late(extracts, codes, today, due)]
    if "deadline" not in left_out:
        for code in codes:
            dates = deadlines.near(deadlines.of_body(code, extracts, output, today), today)
            found += [
                Notice("deadline", f"deadline/{key}", f"{code}: {one.day.day} {one.day:%B %Y}: {one.what}")
                for one, key in dates
            ]
    return found, stands is not None


def failed_runs(instance: dg.DagsterInstance, now: datetime, *, inside: bool) -> list[Notice]:
    """Runs that failed in the last two days, but those of a command, whose user saw it. inside: with the reason, which can
    hold a count."""
    records = instance.get_run_records(
        dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE], updated_after=now - LOOKED_BACK), ascending=True
    )
    found: dict[str, Notice] = {}
    for record in records:
        run = record.dagster_run
        if BY_COMMAND.items() <= run.tags.items():
            continue
        about = partitions.about(run.tags)
        job = "chosen assets" if run.job_name.startswith("__") else run.job_name.replace("_", " ")
        words = f"{job}{f' of {about}' if about else ''}, run {run.run_id[:8]}"
        if inside and (why := _why(instance, run.run_id)):
            words += f": {why}"
        key = f"run/{run.tags.get(STATE) or run.run_id}"  # a landing is tried again and again: told once
        found.setdefault(key, Notice("run", key, words))
    return list(found.values())


def _why(instance: dg.DagsterInstance, run_id: str) -> str:
    for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        failure = entry.get_dagster_event().step_failure_data
        if failure.user_failure_data is not None and failure.user_failure_data.description:
            return failure.user_failure_data.description
        if failure.error is not None:
            return (failure.error.cause or failure.error).message.strip().splitlines()[0]
    return ""


def standing(warehouse: Path) -> list[Notice] | None:
    """Checks that stand failed as an error or a block, and files that were refused; None while the warehouse is in use."""
    if not warehouse.exists():
        return []
    try:
        with warehouse_module.connect(warehouse, read_only=True, patience=PATIENCE) as con:
            checks = con.execute(
                "SELECT organisation_code, reporting_year, check_name FROM check_outcomes "
                "WHERE passed IS DISTINCT FROM TRUE AND severity IN ('blocking', 'error') ORDER BY ALL"
            ).fetchall()
            refused = con.execute(
                "SELECT organisation_code, file_name FROM folder_events WHERE event = ? ORDER BY ALL",
                [folder_events.REFUSED],
            ).fetchall()
    except warehouse_module.WarehouseBusyError:
        return None
    except duckdb.CatalogException:
        return []  # made by a version that kept none of them
    found = [
        Notice("file", f"{STANDS}file/{code}/{name}", f"{code}: {shown_name(name)}") for code, name in refused
    ]
    return found + [
        Notice("check", f"{STANDS}{code}/{year}/{check}", f"{code} {year}: {check.replace('_', ' ')}")
        for code, year, check in checks
    ]


def tell(
    instance: dg.DagsterInstance,
    channels: alerts.Channels,
    found: Sequence[Notice],
    warehouse_seen: bool,
    today: date,
) -> list[str]:
    """Send, by each way, what was not told by it yet, and keep that it was; returns what was sent.

    A check that holds again, or a file that is read, is forgotten, so that it is told when it fails anew. Every way is tried. Raises
    AlertNotSentError, after trying all, when one failed.
    """
    storage = instance.daemon_cursor_storage
    sent, failed = [], []
    for way in channels.ways:
        key, state = f"{TOLD}/{way}", f"{CHANNEL}/{way}"
        before = f"{TOLD}/{channels.known_before_as(way)}"
        held = storage.get_cursor_values({key, before, state})
        told: dict[str, str] = json.loads(held.get(key) or held.get(before) or "{}")
        kept = _still(told, found, warehouse_seen, today)
        news = [notice for notice in found if notice.key not in kept]
        try:
            if news:
                alerts.send_by(way, channels, notices.grouped(news))
                sent.append(f"{len(news)} by {way}")
        except alerts.AlertNotSentError as error:
            failed.append(str(error))
            if not held.get(state):
                since = datetime.now(UTC).astimezone().isoformat("T", "minutes")
                storage.set_cursor_values({state: json.dumps({"since": since, "words": str(error)})})
            news = []
        else:
            if news and held.get(state):
                is_well(instance, way)
        now = kept | {notice.key: today.isoformat() for notice in news}
        if now != told:
            storage.set_cursor_values({key: json.dumps(now)})
    if failed:
        raise alerts.AlertNotSentError("; ".join(failed))
    return sent


def _still(
    told: dict[str, str], found: Iterable[Notice], warehouse_seen: bool, today: date
) -> dict[str, str]:
    standing = {notice.key for notice in found}
    return {
        key: day
        for key, day in told.items()
        if today - date.fromisoformat(day) <= KEPT
        and (key in standing or not warehouse_seen or not key.startswith(STANDS))
    }


def is_well(instance: dg.DagsterInstance, way: str) -> None:
    """Keep that a way works again."""
    instance.daemon_cursor_storage.set_cursor_values({f"{CHANNEL}/{way}": ""})


def failing_channels(instance: dg.DagsterInstance, ways: Sequence[str]) -> dict[str, str]:
    """Way -> since when it fails and how, of those that do."""
    storage = instance.daemon_cursor_storage
    held = storage.get_cursor_values({f"{CHANNEL}/{way}" for way in ways})
    found = {}
    for way in ways:
        if text := held.get(f"{CHANNEL}/{way}"):
            told = json.loads(text)
            found[way] = f"since {told['since']}: {told['words']}"
    return found
