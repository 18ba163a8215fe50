"""Quality assets of a month: who was linked, did the ethnicity declared in TRAC arrive in ESR, and when it stopped."""

import dagster as dg

from wres_pipeline.linkage import linking
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import month_end, months
from wres_pipeline.orchestration.resources import Scope, Warehouse
from wres_pipeline.quality import break_point, gap

DECISIONS = "link-decisions.csv"
GAP_CHECK = "ethnicity_declared_in_trac_arrives_in_esr"


def in_words(found: break_point.Break) -> str:
    """What the series of months says, in one line."""
    words = break_point.VERDICTS[found.verdict].lower()
    if found.month is None or found.before is None or found.after is None:
        return words
    shares = f"{100 * found.before:.0f}% arrived before, {100 * found.after:.0f}% after"
    repaired = f", repaired in {found.repaired:%B %Y}" if found.repaired else ""
    return f"{words} in {found.month:%B %Y} ({shares}){repaired}"


@dg.asset(
    group_name="quality",
    owners=[OWNER],
    kinds={"duckdb", "sql", "splink"},
    deps=["core_applications", "core_staff_identities"],
    partitions_def=months,
    pool=POOL,
)
def linkage_links(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """One row an appointed application: the member of staff it was linked to, by which pass, how surely. Restricted."""
    codes = scope.report_codes()
    with warehouse.open() as con:
        made = linking.link(
            con,
            codes,
            month_end(context.partition_key),
            {code: scope.extracts_folder / code / DECISIONS for code in codes},
        )
        rows = [(code, method, band, n) for (code, method, band), n in sorted(made.counts.items())]
        return dg.MaterializeResult(
            metadata=described(
                con,
                "linkage_links",
                links=markdown_table(["organisation", "pass", "band", "applications"], rows[:60]),
                **{"reviewer's decisions used": made.decisions_used, "and not used": made.decisions_unused},
            )
        )


@dg.asset(
    group_name="quality",
    owners=[OWNER],
    kinds={"duckdb", "sql"},
    deps=["linkage_links", "core_applications", "core_staff_identities"],
    check_specs=[
        dg.AssetCheckSpec(
            GAP_CHECK,
            asset="quality_gap",
            description="Warns of single losses on the way from TRAC to ESR; an error when the arrival of declared "
            "ethnicity has broken and not been repaired.",
        )
    ],
    partitions_def=months,
    pool=POOL,
)
def quality_gap(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """One row an appointed application, in exactly one of eleven states: in sync, missing in ESR, conflict … Restricted."""
    as_at = month_end(context.partition_key)
    codes = scope.report_codes()
    lag = scope.settings().gap.normal_lag_days
    with warehouse.open() as con:
        accounts = gap.account(con, codes, as_at, normal_lag_days=lag)
        metadata = described(con, "quality_gap")
    states, arrivals, words, broken, lost = [], [], [], False, 0
    for code, account in accounts.items():
        found = break_point.find([break_point.Month(m.month, m.arrived, m.starters) for m in account.months])
        broken = broken or found.open
        lost += account.lost
        words.append(f"{code}: {account.lost} declared in TRAC and not in ESR; {in_words(found)}")
        states += [(code, state.replace("_", " "), n) for state, n in account.states.items()]
        arrivals += [(code, f"{m.month:%Y-%m}", m.arrived, m.lost) for m in account.months]
    return dg.MaterializeResult(
        metadata={
            **metadata,
            "states": markdown_table(["organisation", "state", "appointed applications"], states[:220]),
            "external starters by month": markdown_table(
                ["organisation", "month", "arrived in ESR", "lost"], arrivals[-240:]
            ),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=GAP_CHECK,
                passed=not lost and not broken,
                severity=dg.AssetCheckSeverity.ERROR if broken else dg.AssetCheckSeverity.WARN,
                description="; ".join(words)[:2000],
                metadata={"declared in TRAC and not in ESR": lost, "organisations": len(accounts)},
            )
        ],
    )
