"""Train the linkage model once, on generated people, and write it to the reference room.

    python evidence/train_linkage_model.py [--applications N] [--staff N] [--seed S]

m is learnt from the true pairs that the strict passes leave, u from random pairs of the same records. The
generated people, with and without NI numbers and emails, are those of `evidence.linkage_population`;
evaluation uses other seeds.
"""

from __future__ import annotations

import argparse
import json
from math import log2
from pathlib import Path
from typing import Any

import duckdb

from evidence.linkage_population import Plan, build
from wres_pipeline import schema
from wres_pipeline.linkage import linking
from wres_pipeline.linkage import model as models
from wres_pipeline.linkage.scoring import splink_linker

PAGE = Path(__file__).parents[1] / "docs" / "evidence" / "linkage_model.md"
TARGET = Path(__file__).parents[1] / "wres_pipeline" / "reference" / models.MODEL_FILE

RULES = {
    "automatic": 0.99,
    "automatic_first_name": 0.8,
    "clerical": 0.5,
    "margin": 6.0,
    "alike": 0.85,
    "start_days": 45,
    "common_names": 60,
    "in_staff": 0.2,
    "internal_in_staff": 0.9,
    "least_staff": 1000,
    "shared_by": {
        "ni_shared": 3,
        "email_shared": 5,
        "postcode_shared": 20,
        "born_shared": 10,
        "people_a_day": 3000,
    },
}

FIRST_ALIKE = (
    "(starts_with(first_text_l, first_text_r) OR starts_with(first_text_r, first_text_l) "
    "OR list_has_any(string_split(first_text_l, ' '), string_split(first_text_r, ' ')) "
    "OR jaro_winkler_similarity(first_text_l, first_text_r) >= 0.85)"
)
FIRST_CUT_SHORT = (
    "(least(length(first_text_l), length(first_text_r)) >= 3 "
    "AND (starts_with(first_text_l, first_text_r) OR starts_with(first_text_r, first_text_l)))"
)
LAST_ALIKE = (
    "(list_has_any(string_split(last_text_l, ' '), string_split(last_text_r, ' ')) "
    "OR jaro_winkler_similarity(last_name_l, last_name_r) >= 0.88)"
)
CROSSED = (
    "(jaro_winkler_similarity(first_text_l, last_text_r) >= 0.88 "
    "AND jaro_winkler_similarity(last_text_l, first_text_r) >= 0.88)"
)

#: comparison -> (null condition, levels from the strongest to 'anything else'), label and SQL
COMPARISONS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "names": (
        "names_l IS NULL OR names_r IS NULL",
        [
            ("both agree, in any order", "names_l = names_r"),
            ("last name agrees, first name alike", f"last_name_l = last_name_r AND {FIRST_ALIKE}"),
            ("first name agrees, last name alike", f"first_root_l = first_root_r AND {LAST_ALIKE}"),
            ("both alike, in any order", f"({FIRST_ALIKE} AND {LAST_ALIKE}) OR {CROSSED}"),
            ("first name agrees or is cut short", f"first_root_l = first_root_r OR {FIRST_CUT_SHORT}"),
            ("last name agrees", "last_name_l = last_name_r"),
        ],
    ),
    "date_of_birth": (
        "born_text_l IS NULL OR born_text_r IS NULL",
        [
            ("agrees", "born_text_l = born_text_r"),
            ("day and month exchanged", "born_any_order_l = born_any_order_r"),
            ("one digit differs", "damerau_levenshtein(born_text_l, born_text_r) = 1"),
            ("two digits differ", "damerau_levenshtein(born_text_l, born_text_r) = 2"),
        ],
    ),
    "ni_number": (
        "ni_l IS NULL OR ni_r IS NULL",
        [("agrees", "ni_l = ni_r"), ("one character differs", "damerau_levenshtein(ni_l, ni_r) = 1")],
    ),
    "email": (
        "email_l IS NULL OR email_r IS NULL",
        [("agrees", "email_l = email_r")],
    ),
    "postcode": (
        "postcode_l IS NULL OR postcode_r IS NULL",
        [
            ("agrees", "postcode_l = postcode_r"),
            ("one character differs", "damerau_levenshtein(postcode_l, postcode_r) = 1"),
            (
                "same district",
                "left(postcode_l, length(postcode_l) - 3) = left(postcode_r, length(postcode_r) - 3)",
            ),
        ],
    ),
    "start": (
        "event_date_l IS NULL OR event_date_r IS NULL",
        [
            ("hired on the day of the start", "event_date_l = event_date_r"),
            ("hired within 14 days of the start", "abs(date_diff('day', event_date_l, event_date_r)) <= 14"),
            ("hired within 62 days of the start", "abs(date_diff('day', event_date_l, event_date_r)) <= 62"),
            (
                "in post before, and not said to be from outside",
                "event_date_r < event_date_l AND coalesce(is_internal_l, TRUE)",
            ),
        ],
    ),
}


def settings() -> dict[str, Any]:
    """Splink settings before training: comparisons only; the prior is even, as it depends on the size of
    the staff.
    """
    comparisons = []
    for name, (missing, levels) in COMPARISONS.items():
        described: list[dict[str, Any]] = [
            {"sql_condition": missing, "label_for_charts": "not known on one side", "is_null_level": True}
        ]
        described += [{"sql_condition": condition, "label_for_charts": label} for label, condition in levels]
        described.append({"sql_condition": "ELSE", "label_for_charts": "anything else"})
        comparisons.append({"output_column_name": name, "comparison_levels": described})
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 0.5,
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": ["l.born_text = r.born_text"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "linker_uid": "wres1",
    }


def probabilities(
    applications: int, staff: int, seed: int, ni_and_email: bool
) -> dict[tuple[str, str], list[float]]:
    """m and u of every level of every comparison, as Splink estimates them on one generated population."""
    con = duckdb.connect(":memory:")
    schema.bring_up(con)
    plan = Plan(applications, staff, seed, ni_and_email=ni_and_email)
    build(con, plan)
    rules = models.Rules(**RULES)
    linking.prepare(con, [plan.organisation_code], plan.as_at, rules, [])
    linking.strict_passes(con, rules)
    linking.pair(con)
    scratch = duckdb.connect(":memory:")
    linker = splink_linker(scratch, con, settings())
    labels = con.sql(
        """
        SELECT DISTINCT 'application' AS source_dataset_l, CAST(p.application AS VARCHAR) AS unique_id_l,
               'staff' AS source_dataset_r, CAST(p.staff AS VARCHAR) AS unique_id_r
        FROM linkage_pairs p
        JOIN linkage_identities a ON a.identity = p.application
        JOIN linkage_identities s ON s.identity = p.staff
        JOIN linkage_truth t
          ON t.application_id = a.record_id AND list_contains(t.employee_numbers, s.record_id)
        ORDER BY ALL
        """
    ).to_arrow_table()
    scratch.register("arrow_labels", labels)
    scratch.execute("CREATE TABLE labels AS SELECT * FROM arrow_labels")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=seed)
    linker.training.estimate_m_from_pairwise_labels("labels")
    found: dict[tuple[str, str], list[float]] = {}
    for comparison in linker._settings_obj.comparisons:
        for level in comparison._comparison_levels_excluding_null:
            held = level.as_dict()
            found[comparison.output_column_name, held["label_for_charts"]] = [
                float(held.get("m_probability") or 0.0),
                float(held.get("u_probability") or 0.0),
            ]
    scratch.close()
    print(f"trained on {labels.num_rows} true pairs that the passes left")
    return found


def train(applications: int, staff: int, seed: int) -> dict[str, Any]:
    """The model file's content."""
    with_keys = probabilities(applications, staff, seed, True)
    without = probabilities(applications, staff, seed + 1, False)
    made = settings()
    for comparison in made["comparisons"]:
        name = comparison["output_column_name"]
        source = with_keys if name in ("ni_number", "email") else without
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for level in levels:
            m, u = source[name, level["label_for_charts"]]
            # no level is impossible: a floor keeps one unseen level from deciding a link alone
            level["m_probability"] = round(max(m, 0.0005), 6)
            level["u_probability"] = float(f"{max(u, 1e-7):.3g}")
    made["sql_dialect"] = "duckdb"
    return {
        "version": "1.1",
        "trained": {
            "script": "evidence/train_linkage_model.py",
            "on": "2026-11-24",
            "applications": applications,
            "staff": staff,
            "seeds": [seed, seed + 1],
        },
        "rules": RULES,
        "splink": made,
    }


def page(made: dict[str, Any]) -> str:
    """The model file as a table: what each agreement is worth."""
    trained = made["trained"]
    lines = [
        "# The linkage model, version " + made["version"],
        "",
        f"`python evidence/train_linkage_model.py`, {trained['on']}, 2 cores, 24 GiB; {trained['applications']:,} appointed "
        f"applications and {trained['staff']:,} staff, seeds {trained['seeds'][0]} (NI numbers and emails known) and "
        f"{trained['seeds'][1]} (neither). m: share of the true pairs that the strict passes leave which meet the level; u: "
        "share of random pairs. Weight: log2(m ÷ u), in bits. NI number and email are learnt from the first population, "
        "everything else from the second. m is at least 0.0005 and u at least 0.0000001. Ethnicity is never compared.",
        "",
        "| comparison | level | m | u | weight |",
        "|---|---|---|---|---|",
    ]
    for comparison in made["splink"]["comparisons"]:
        for level in comparison["comparison_levels"]:
            if "m_probability" in level:
                m, u = level["m_probability"], level["u_probability"]
                name = comparison["output_column_name"].replace("_", " ")
                lines.append(
                    f"| {name} | {level['label_for_charts']} | {m:.4f} | {u:.3g} | {log2(m / u):+.1f} |"
                )
    lines += ["", "Rules of a link:", ""]
    lines += [f"- {name.replace('_', ' ')}: {value}" for name, value in made["rules"].items()]
    return "\n".join([*lines, ""])


def main() -> None:
    """Train and write the model file and its page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--applications", type=int, default=100_000)
    asked.add_argument("--staff", type=int, default=200_000)
    asked.add_argument("--seed", type=int, default=11)
    given = asked.parse_args()
    made = train(given.applications, given.staff, given.seed)
    TARGET.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(made), encoding="utf-8")


if __name__ == "__main__":
    main()
