"""Values of several years together, where those of the year cannot be printed: proposed once the year is decided, and kept
where the audit, with their sums beside everything else, still finds nothing.

The shortest run of years that is safe is taken: it is nearest to the year it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.audit import Audit
from wres_pipeline.disclosure.proof.cells import CEILING, CellKey
from wres_pipeline.disclosure.register.releases import PRINTED, WITHHELD, Release, Said
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of
from wres_pipeline.disclosure.tables import CountTable
from wres_pipeline.indicators import years_together
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes import likelihood_ratio
from wres_pipeline.reference import indicators, years
from wres_pipeline.reference.indicators import IndicatorRule

Prove = Callable[[Sequence[Figure], CountTable], Audit]
NAME = "years together"
_SHOWN = ("value", "zero")


@dataclass(frozen=True, slots=True)
class Together:
    """What was added: the figures with those of several years among them, the audit of all, and what a release says more."""

    figures: list[Figure]
    audit: Audit
    counts: Mapping[CellKey, Said]
    sums: tuple[tuple[CellKey, tuple[CellKey, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """The counts of every year that can be added up: how many, and whether the reader is left to guess."""

    true: Mapping[CellKey, int]
    hidden: frozenset[CellKey]


def add(
    public: Sequence[Figure],
    counts: Mapping[CellKey, Fraction],
    releases: Sequence[Release],
    policy: Policy,
    apart: Iterable[CellKey],
    prove: Prove,
) -> Together | None:
    """The edition with values of several years; None where there are none.

    public: the figures as they are printed. counts: the true ones. apart: rows that a release has with other numbers; they
    are of no run of years. prove: the audit of an edition of these figures with a table of these sums beside it.
    Under a rule that rounds nothing is added up: a sum of rounded counts is the reader's to make, and one of the
    true counts would tell how they were rounded.
    """
    if policy.method != "suppress" or not public:
        return None
    known = _known(public, counts, releases, frozenset(apart))
    newest = max(one.reporting_year for one in public)
    figures, found = list(public), None
    cells: dict[CellKey, tuple[CellKey, ...]] = {}
    for made in _released(public, known, releases, newest):
        figures, cells = _with(figures, made), cells | _parts(made)
    if cells:
        found = prove(figures, _table(cells))
        if found.failed:
            figures, cells, found = list(public), {}, None
    for rule, wanted in _withheld(public, newest):
        for made in _proposed(rule, wanted, known, policy, newest):
            tried, more = _with(figures, made), cells | _parts(made)
            proof = prove(tried, _table(more))
            if not proof.failed:
                figures, cells, found = tried, more, proof
                break
    if found is None:
        return None
    said = {part: Said(0, CEILING, known.true[part]) for parts in cells.values() for part in parts}
    said |= {key: Said(total, total, total) for key, parts in cells.items() for total in [_sum(known, parts)]}
    return Together(figures, found, said, tuple(cells.items()))


def _known(
    public: Sequence[Figure],
    counts: Mapping[CellKey, Fraction],
    releases: Sequence[Release],
    apart: frozenset[CellKey],
) -> _Known:
    """Counts of persons of single years that stand in one version only, and are printed exactly or withheld."""
    true: dict[CellKey, int] = {}
    hidden: set[CellKey] = set()
    lost: set[CellKey] = set()
    own: dict[CellKey, Figure] = {
        figure_cells.key_of(one): one for one in public if figure_cells.is_count(one)
    }
    for key, one in own.items():
        if key not in counts or counts[key].denominator != 1 or figure_cells.is_rolling(one):
            lost.add(key)
        elif one.state in (*_SHOWN, "withheld"):
            true[key] = int(counts[key])
            hidden |= {key} if one.state == "withheld" else set()
    for release in releases:
        for key, said in release.counts.items():
            if len(key) != 6 or key[4] or _says_nothing(said):
                continue
            plain = said.per == 1 and (said.exact or said.how == WITHHELD)
            if (
                not plain
                or true.get(key, said.true) != said.true
                or (key[:2] in release.averages and key[2] == "entered")
            ):
                lost.add(key)
            elif key not in own:
                true[key] = said.true
                hidden |= {key} if said.how == WITHHELD else set()
    lost |= {key for key in true if key in apart or key[:-1] in apart}
    return _Known({key: n for key, n in true.items() if key not in lost}, frozenset(hidden))


def _says_nothing(said: Said) -> bool:
    return said.how == PRINTED and (said.low, said.high) == (0, CEILING)


def _withheld(public: Sequence[Figure], newest: int) -> Iterator[tuple[IndicatorRule, set[str]]]:
    """The rules of whose headlines of the year some are withheld, and of which groups; "" the ratio."""
    for number in figure_cells.LIKELIHOODS:
        mine = [
            one
            for one in public
            if (one.indicator, one.reporting_year) == (number, newest)
            and one.state == "withheld"
            and one.unit != "people"
            and (one.range_low is None or one.range_low != one.range_high)
        ]
        rule = indicators.rule(number)
        wanted = {one.ethnic_group for one in mine} & {"", *rule.grouping.compared}
        if wanted:
            yield rule, wanted


def _proposed(
    rule: IndicatorRule, wanted: set[str], known: _Known, policy: Policy, newest: int
) -> Iterator[list[Figure]]:
    """Candidates, the best first: both groups with their ratio over the fewest years, then a group by itself."""
    code = next(iter(known.true), ("",))[0]
    both = rule.grouping.compared
    for groups in (both, *((group,) for group in both if group in wanted)):
        for many in range(years_together.FEWEST, years_together.MOST + 1):
            if not _one_definition(rule, newest, many):
                break
            found = _counted(rule, (code, newest), many, groups, known, policy)
            if found is not None:
                yield years_together.figures(
                    rule, (code, newest), many, found, years.load(newest).rule_version
                )


def _one_definition(rule: IndicatorRule, newest: int, many: int) -> bool:
    try:
        rules = [years.load(newest - back) for back in range(many)]
    except years.UnknownYearError:
        return False
    kinds = {(likelihood_ratio.basis(rule, one), one.wording) for one in rules}
    return len(kinds) == 1 and all(basis != likelihood_ratio.ROLLING for basis, _ in kinds)


def _counted(
    rule: IndicatorRule,
    place: tuple[str, int],
    many: int,
    groups: Sequence[str],
    known: _Known,
    policy: Policy,
) -> dict[str, tuple[int, int]] | None:
    """group -> (it happened to, it could happen to) over the years; None where a year is missing, a sum is small, or one
    withheld count would be all that its sum leaves open.
    """
    base, events = (rule.cells[measure] for measure in rule.base_and_events)
    found: dict[str, tuple[int, int]] = {}
    for group in groups:
        sums = []
        for table in (events, base):
            parts = [(place[0], str(place[1] - back), table, "", "", group) for back in range(many)]
            if (
                not all(part in known.true for part in parts)
                or sum(part in known.hidden for part in parts) == 1
            ):
                return None
            total = _sum(known, parts)
            if total <= policy.threshold(stake_of(parts[0])):
                return None
            sums.append(total)
        found[group] = sums[0], sums[1]
    return found


def _released(
    public: Sequence[Figure], known: _Known, releases: Sequence[Release], newest: int
) -> Iterator[list[Figure]]:
    """What earlier editions printed of the year before, over years of which none has changed since: it stays beside that
    year.
    """
    before = newest - 1
    for number in figure_cells.LIKELIHOODS:
        rule = indicators.rule(number)
        base, events = (rule.cells[measure] for measure in rule.base_and_events)
        for many in range(years_together.FEWEST, years_together.MOST + 1):
            band, added_up = years_together.words(before, many), range(before - many + 1, before + 1)
            code = public[0].organisation_code
            found: dict[str, tuple[int, int]] = {}
            for group in rule.grouping.compared:
                keys = [(code, str(before), table, "", band, group) for table in (events, base)]
                parts = [figure_cells.years_parts(key, added_up) for key in keys]
                released = all(any(key in one.counts for one in releases) for key in keys)
                if released and all(part in known.true for each in parts for part in each):
                    done, of = (_sum(known, each) for each in parts)
                    found[group] = done, of
            if found:
                yield years_together.figures(
                    rule, (code, before), many, found, years.load(before).rule_version
                )


def _with(figures: Sequence[Figure], made: Sequence[Figure]) -> list[Figure]:
    """The figures with those of several years behind the year's own of the indicator, which are marked as said that way."""
    said = {(one.reporting_year, one.indicator, one.measure, one.ethnic_group) for one in made}
    out: list[Figure] = []
    for one in figures:
        if one.state == "withheld" and (one.reporting_year, *one.key[2:4], one.ethnic_group) in said:
            one = replace(one, flags=";".join(filter(None, (one.flags, years_together.FLAG))))
        out.append(one)
    place = (made[0].reporting_year, made[0].indicator)
    last = max(n for n, one in enumerate(out) if (one.reporting_year, one.indicator) == place)
    return [*out[: last + 1], *made, *out[last + 1 :]]


def _parts(made: Sequence[Figure]) -> dict[CellKey, tuple[CellKey, ...]]:
    counts = [
        (figure_cells.key_of(one), years_together.years_of(one)) for one in made if figure_cells.is_count(one)
    ]
    return {key: figure_cells.years_parts(key, added_up) for key, added_up in counts}


def _sum(known: _Known, parts: Iterable[CellKey]) -> int:
    return sum(known.true[part] for part in parts)


def _table(cells: Mapping[CellKey, tuple[CellKey, ...]]) -> CountTable:
    """The sums over the years as a table that shows nothing itself: its counts are figures."""
    everything = {key for total, parts in cells.items() for key in (total, *parts)}
    return CountTable(
        NAME, {}, tuple(cells.items()), same={key: key for key in everything}, implied=frozenset(everything)
    )
