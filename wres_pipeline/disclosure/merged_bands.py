"""Wider rows of indicator 1, where those of single bands cannot be printed: chosen once the bands are decided.

What is decided of the single bands stands; of the counts of the wider rows as many are printed as no reader can use, by the same
search. A row that says nothing which the bands do not say is left out.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import Arithmetic, Cell, CellKey
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.suppression.apply_suppression import Decision
from wres_pipeline.disclosure.suppression.secondary_suppression import READERS, choose_further, told_ranges
from wres_pipeline.indicators import merged_bands
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators

BECAUSE = "withheld so that several bands together can be printed"


def proposed(figures: Sequence[Figure], policy: Policy) -> list[Figure]:
    """The wider rows with their true counts. Under a rule that rounds there are none: a sum of rounded counts is the
    reader's to make, and one of the true counts would tell how they were rounded.
    """
    return merged_bands.figures(figures) if policy.method == "suppress" else []


def without(whole: Arithmetic) -> Arithmetic:
    """The arithmetic of single bands. What a release printed of a wider row withheld enough of its bands, and they stay so."""
    return _less(whole, {key for key, cell in whole.cells.items() if _is_wider(cell)})


def with_wider_rows(
    whole: Arithmetic, decision: Decision, told: Mapping[CellKey, str], policy: Policy
) -> Decision:
    """The decision, with what else is withheld for wider rows: further counts of single bands, which cost less than those of
    both clusters together; then, for the rows of one cluster, nothing more.

    told: what the reader of each count of a single band may be told (`READERS`).
    """
    reasons, ranges = dict(decision.withheld), dict(decision.told)
    for block in whole.blocks():
        wider = {key for key, cell in block.cells.items() if _is_wider(cell)}
        if not wider:
            continue
        knows = READERS[max((READERS.index(told[key]) for key in block.cells if key in told), default=0)]
        both = {key for key in wider if not key[3]}
        bands = {key for key, cell in block.cells.items() if _may_fall(cell) and key not in reasons}
        first = choose_further(_less(block, wider - both), both | bands, reasons, knows, policy)
        if not first.safe:
            reasons |= dict.fromkeys(wider, BECAUSE)
            continue
        reasons |= dict.fromkeys(first.withheld - set(reasons), BECAUSE)
        then = choose_further(block, wider - both, reasons, knows, policy)
        chosen = then.withheld if then.safe else wider - both
        reasons |= dict.fromkeys(chosen - set(reasons), BECAUSE)
        said = told_ranges(block, then if then.safe else first, policy)
        ranges |= {key: ends for key, ends in said.items() if key in wider}
    return replace(decision, withheld=reasons, told=ranges)


def worth_printing(wider: Sequence[Figure], decision: Decision) -> list[Figure]:
    """Those of rows that say what single bands do not: some count of a band is withheld, and of the row are said two of its
    headcount and those of the groups that are compared, at least that it is small.
    """
    return [one for one in wider if _says_more(figure_cells.row_of(one), decision)]


def placed(public: Sequence[Figure], wider: Sequence[Figure]) -> list[Figure]:
    """The figures with the wider rows of each year behind the year's own of indicator 1."""
    out = list(public)
    for year in dict.fromkeys((one.organisation_code, one.reporting_year) for one in wider):
        mine = [one for one in wider if (one.organisation_code, one.reporting_year) == year]
        place = (*year, indicators.WORKFORCE)
        last = max(n for n, one in enumerate(out) if one.key[:3] == place)
        out[last + 1 : last + 1] = mine
    return out


def _says_more(row: CellKey, decision: Decision) -> bool:
    cells = [
        part for group in (*figure_cells.GROUPS, "") for part in figure_cells.merged_parts((*row, group))
    ]
    compared = indicators.rule(indicators.WORKFORCE).grouping.compared
    said = [
        group
        for group in (*compared, "")
        if not decision.hides((*row, group)) or (*row, group) in decision.told
    ]
    return len(said) > 1 and any(map(decision.hides, cells))


def _less(whole: Arithmetic, left_out: Container[CellKey]) -> Arithmetic:
    cells = {key: cell for key, cell in whole.cells.items() if key not in left_out}
    sums = [each for each in whole.sums if all(key in cells for key in (each.total, *each.parts))]
    return Arithmetic(cells, sums)


def _is_wider(cell: Cell) -> bool:
    return cell.kind == "printed" and figure_cells.is_merged(cell.key)


def _may_fall(cell: Cell) -> bool:
    key = cell.key
    return cell.kind == "printed" and key[2:3] == (figure_cells.STAFF,) and all(key[3:5])
