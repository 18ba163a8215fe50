"""Linking where the export holds neither NI numbers nor dates of birth: the body is judged as a whole.

Every comparison an applicant and a person of the staff can make (names, start, email, postcode, post) is weighed by how
often the same person meets its level (learnt in the body, from kept expectations) against how often a stranger would
(counted in the body: bearers of the names, starts of the day, sharers of an address). A start has room for one
applicant and an applicant for one person, both ways: the probability of a pair is its share of all assignments of the
body (sum-product on the bipartite graph, exact where no two applicants compete in a ring). Links are automatic from the
surest down, as far as the share of wrong ones among them is estimated at the rule's limit or less. Ethnicity, sex and
every other protected characteristic is left alone: what is to be judged must not decide. [ours]
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import numpy as np

from wres_pipeline.linkage.assignment import (
    Floats,
    Pairs,
    Weights,
    Whole,
    bits,
    learn,
    least_of,
    matching,
    odds,
    sure_enough,
)
from wres_pipeline.linkage.body_evidence import BodyFacts, pairs_of
from wres_pipeline.linkage.model import BodyRules, Rules
from wres_pipeline.linkage.name_origins import Origins, fit
from wres_pipeline.linkage.never_compared import expected_in_staff, unfound
from wres_pipeline.warehouse import sql

_PACKAGE = "wres_pipeline.linkage"


def link_bare(
    con: duckdb.DuckDBPyConnection, as_at: date, codes: list[str], rules: Rules, body: BodyRules
) -> int:
    """Add to `linkage_found` the applications without number and date of birth; returns how many there were.

    Reads `linkage_identities`, `linkage_persons`, `linkage_found`, and staff lists up to `as_at`.
    """
    con.execute(sql(_PACKAGE, "bare_applications.sql"), {"as_at": as_at})
    bare = int(con.execute("SELECT count(*) FROM linkage_bare").fetchall()[0][0])
    if not bare:
        return 0
    con.execute(sql(_PACKAGE, "starts.sql"), {"as_at": as_at})
    con.execute(sql(_PACKAGE, "name_chances.sql"))
    con.execute(sql(_PACKAGE, "addresses.sql"))
    con.execute(sql(_PACKAGE, "posts.sql"), {"as_at": as_at, "organisations": codes})
    alike = {"alike": rules.alike, "last_alike": body.last_alike}
    con.execute(sql(_PACKAGE, "used_starts.sql"), {"near_days": body.near_days})
    con.execute(
        sql(_PACKAGE, "bare_pairs.sql"),
        {**alike, "near_days": body.near_days, "many_bearers": body.many_bearers},
    )
    chances = {row[0]: row[1:] for row in con.execute(sql(_PACKAGE, "alike_by_chance.sql"), alike).fetchall()}
    posts: dict[str, dict[tuple[str, str], float]] = {}
    for code, group, title, share in con.execute(sql(_PACKAGE, "post_shares.sql")).fetchall():
        posts.setdefault(code, {})[group, title] = share
    for code in codes:
        _one_body(con, code, chances.get(code), posts.get(code, {}), rules, body)
    return bare


def _one_body(
    con: duckdb.DuckDBPyConnection, code: str, chances: Any, posts: dict[tuple[str, str], float], rules: Rules, body: BodyRules
) -> None:  # fmt: skip
    found = con.sql(sql(_PACKAGE, "bare_pairs_of.sql"), params={"code": code}).to_arrow_table()
    if chances is None or not found.num_rows:
        return
    columns = {name: found.column(name).to_numpy(zero_copy_only=False) for name in found.column_names}
    starts = con.execute(sql(_PACKAGE, "start_days.sql"), {"code": code}).fetchnumpy()
    hires, used = starts["hire_date"], starts["hire_date"][starts["used"]]
    applicants = con.execute(
        "SELECT count(DISTINCT applicant) FROM linkage_bare WHERE organisation_code = ?", [code]
    ).fetchall()[0][0]
    origins, firsts, lasts = kinds_of_names(con, code, body)
    people, together, first_alike, last_alike = chances
    facts = BodyFacts(
        people, together, first_alike, last_alike, hires, used, applicants, posts, origins, firsts, lasts, rules.least_staff
    )  # fmt: skip
    pairs = pairs_of(columns, facts, body)
    weights = learn(pairs, body)
    probability = matching(pairs.applicant, pairs.slot, odds(pairs, weights))
    kinds = origins.kind(
        *(
            np.array([held[text] for text in columns[name]])
            for name, held in (("first_root", firsts), ("last_name", lasts))
        )
    )
    _keep(con, code, columns, pairs, probability, weights, kinds, body)


def kinds_of_names(
    con: duckdb.DuckDBPyConnection, code: str, body: BodyRules
) -> tuple[Origins, dict[str, int], dict[str, int]]:
    """The kinds of names of a body's staff, and the numbers of their first and last names."""
    held = con.execute(sql(_PACKAGE, "name_pairs.sql"), {"code": code}).fetchnumpy()
    firsts, first = np.unique(held["first_root"].astype(str), return_inverse=True)
    lasts, last = np.unique(held["last_name"].astype(str), return_inverse=True)
    made = fit(first, last, held["people"].astype(np.int64), body.kinds_of_names)
    return made, {text: i for i, text in enumerate(firsts)}, {text: i for i, text in enumerate(lasts)}


def _keep(con: duckdb.DuckDBPyConnection, code: str, columns: dict[str, Any], pairs: Pairs, probability: Floats, weights: Weights, kinds: Whole, body: BodyRules) -> None:  # fmt: skip
    order = np.lexsort((columns["employee_number"].astype(str), -probability, pairs.applicant))
    best = order[np.r_[True, pairs.applicant[order][1:] != pairs.applicant[order][:-1]]]
    second = np.zeros(pairs.applicants)
    rest = np.ones(len(order), dtype=bool)
    rest[best] = False
    np.maximum.at(second, pairs.applicant[rest], probability[rest])
    may = probability[best] >= least_of(pairs, body)[best]
    limit = sure_enough(probability[best][may], body.wrong, body.least, body.few)
    made = bits(pairs, weights)
    import pyarrow as pa

    without = np.array(
        con.execute(
            sql(_PACKAGE, "bare_without.sql"), {"code": code, "classes": len(weights.in_staff)}
        ).fetchall()
    )
    left = unfound(pairs, weights, probability, kinds[best], without[:, 0], body)
    p = probability[best]
    lead = np.log2(np.maximum(p, 1e-18) / np.maximum(second[pairs.applicant[best]], 1e-18))
    words = [
        '{"weights":{'
        + ",".join(f'"{_SAID[c]}":{made[c][i]:.1f}' for c in made if abs(made[c][i]) >= 0.05)
        + "}}"
        for i in best
    ]
    con.register("linkage_arriving", pa.table({
        "application": columns["application"][best], "employee_number": pa.array(columns["employee_number"][best].tolist(), pa.string()),
        "score": p, "margin": np.where(second[pairs.applicant[best]] > 0, np.minimum(lead, 60.0), np.nan),
        "band": np.where(may & (p >= limit), "automatic", np.where(p >= body.review, "clerical", "none")), "explanation": words,
        "expected": expected_in_staff(pairs, probability, left)[pairs.applicant[best]],
        "kind_of_names": kinds[best] + 1,
    }))  # fmt: skip
    con.execute(sql(_PACKAGE, "bare_found.sql"))
    con.unregister("linkage_arriving")
    con.execute(sql(_PACKAGE, "bare_unfound.sql"), {"code": code, "unfound": left.nobody.tolist()})


_SAID = {"names": "names", "start": "start_date", "email": "email", "postcode": "postcode", "post": "post", "relatives": "relatives", "explained": "starts_explained"}  # fmt: skip
