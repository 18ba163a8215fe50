"""One check for each kind of drafted sentence: whether the counts say what the sentence says."""

from __future__ import annotations

import re
from fractions import Fraction

from tests.unit.reports.facts_behind_sentences import EVENTS, Facts, rounded

NUMBER = r"(-?[\d,]+(?:\.\d+)?)"


def plain(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def prints(value: Fraction | None, text: str, places: int) -> bool:
    """The text is the value to so many places, or a range that holds it."""
    if value is None:
        return False
    ends = re.fullmatch(r"between (-?[\d.,]+) and (-?[\d.,]+)", text)
    if ends:
        low, high = (Fraction(end.replace(",", "")) for end in ends.groups())
        return low <= value <= high
    return rounded(value, places) == text.replace(",", "")


def at_31_march(r: Facts, year: str, bme: str, everybody: str, share: str) -> bool:
    staff = r.staff(int(year))
    if r.gives_away((int(year), "headcount", "", "", "BME")):
        return False
    return (
        plain(bme) == staff.bme
        and plain(everybody) == staff.total
        and prints(Fraction(100 * staff.bme, staff.total), share, 1)
    )


BANDS_TOGETHER = {
    "band 4 and below": ("Under Band 1", "Band 1", "Band 2", "Band 3", "Band 4"),
    "bands 5 to 7": ("Band 5", "Band 6", "Band 7"),
    "band 8a and above": ("Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"),
}


def several_bands(r: Facts, bands: str, bme: str, everybody: str, share: str) -> bool:
    year, within = r.now.reporting_year, BANDS_TOGETHER[bands]
    people = r.bands(within)
    for group in ("BME", ""):
        parts = [(year, "headcount", c, b, group) for c in ("clinical", "non_clinical") for b in within]
        if r.gives_away(*parts) or r.gives_away((year, "headcount", "", bands.capitalize(), group)):
            return False
    return (
        plain(bme) == people.bme
        and plain(everybody) == people.total
        and prints(Fraction(100 * people.bme, people.total), share, 1)
    )


def _together(r: Facts, first: str, last: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """(happened, people) of White and of BME people over the years; None where a sum gives away what one year withholds."""
    years = range(int(first), int(last) + 1)
    found = []
    for place, group in enumerate(("White", "BME")):
        if r.gives_away(*((year, EVENTS[r.number], "", "", group) for year in years)):
            return None
        events = [event for year in years if (event := r.event(year)) is not None]
        if len(events) < len(years):
            return None
        found.append((sum(did[place] for did, _ in events), sum(of[place] for _, of in events)))
    return found[0], found[1]


def times_as_likely_together(r: Facts, first: str, last: str, top: str, shown: str, bottom: str) -> bool:
    both = _together(r, first, last)
    if both is None or (top, bottom) != (("BME", "White") if r.number == "3" else ("White", "BME")):
        return False
    above, below = both if top == "White" else both[::-1]
    return prints(Fraction(above[0], above[1]) / Fraction(below[0], below[1]), shown, 2)


def rate_together(r: Facts, first: str, last: str, share: str, group: str) -> bool:
    both = _together(r, first, last)
    if both is None:
        return False
    did, of = both[("White", "BME").index(group)]
    return prints(Fraction(100 * did, of), share, 1)


def clusters(r: Facts, words: str) -> bool:
    names = {
        "non-clinical": "non_clinical",
        "clinical": "clinical",
        "medical and dental": "medical_and_dental",
    }
    parts = re.findall(rf"{NUMBER}% of (non-clinical|clinical|medical and dental) staff", words)
    left = re.sub(rf"{NUMBER}% of (non-clinical|clinical|medical and dental) staff", "", words)
    if left.replace("and", "").replace(",", "").strip():
        return False
    for text, name in parts:
        people = r.cluster(names[name])
        if not prints(Fraction(100 * people.bme, people.total), text, 1):
            return False
    if r.public:
        return True
    without = {n for n in names.values() if r.cluster(n).total == 0}
    return len(parts) == 3 - len(without)


def times_as_likely(r: Facts, year: str, top: str, shown: str, bottom: str) -> bool:
    right_way = (top, bottom) == (("BME", "White") if r.number == "3" else ("White", "BME"))
    return right_way and prints(r.ratio(int(year)), shown, 2)


def nobody(r: Facts, year: str, top: str, bottom: str, group: str) -> bool:
    right_way = (top, bottom) == (("BME", "White") if r.number == "3" else ("White", "BME"))
    found = r.event(int(year))
    return (
        right_way and group == top and found is not None and found[0].of(top) == 0 and r.ratio(int(year)) == 0
    )


def within(value: Fraction | int | None, words: str) -> bool:
    """Whether the words are a range that holds the value, or the value nought itself."""
    ends = [Fraction(end.replace(",", "")) for end in re.findall(r"-?[\d,.]*\d", words)]
    return value is not None and words != "withheld" and ends[0] <= value <= ends[-1]


def is_range(words: str) -> bool:
    return words.startswith("between ") or words == "0.00"


def no_ratio(r: Facts, top: str, bottom: str, state: str, year: str) -> bool:
    right_way = (top, bottom) == (("BME", "White") if r.number == "3" else ("White", "BME"))
    if not right_way:
        return False
    if is_range(state):
        return within(r.ratio(int(year)), state)
    if state == "not collected":
        counts = r.years[int(year)]
        return {"2": counts.recruitment, "3": counts.discipline, "4": counts.training}[r.number] is None
    return state == "not calculable" and r.ratio(int(year)) is None


def rate(r: Facts, did: str, of: str, group: str, share: str) -> bool:
    found = r.event(r.now.reporting_year)
    assert found is not None
    top, bottom = found[0].of(group), found[1].of(group)
    return (plain(did), plain(of)) == (top, bottom) and prints(Fraction(100 * top, bottom), share, 1)


def rate_alone(r: Facts, share: str, group: str) -> bool:
    found = r.event(r.now.reporting_year)
    assert found is not None
    return prints(Fraction(100 * found[0].of(group), found[1].of(group)), share, 1)


def no_rate(r: Facts, group: str, state: str) -> bool:
    found = r.event(r.now.reporting_year)
    if found is not None and is_range(state):
        return within(Fraction(100 * found[0].of(group), found[1].of(group)), state)
    return found is not None and state == "not calculable" and found[1].of(group) == 0


def ratio_was(r: Facts, year: str, shown: str, compared: str | None) -> bool:
    then, now = r.ratio(int(year)), r.ratio(r.now.reporting_year)
    if not prints(then, shown, 2):
        return False
    if not compared:
        return now is None or r.public
    assert then is not None and now is not None
    if "same" in compared:
        return rounded(then, 2) == rounded(now, 2)
    return then > now if "higher" in compared else then < now


def ratio_was_not(r: Facts, year: str, state: str) -> bool:
    if is_range(state):
        return within(r.ratio(int(year)), state)
    if state == "not collected":
        counts = r.years[int(year)]
        return {"2": counts.recruitment, "3": counts.discipline, "4": counts.training}[r.number] is None
    return r.ratio(int(year)) is None


def both_said(r: Facts, bme: str, white: str, survey: str) -> bool:
    year = int(survey) + 1
    return (
        year == r.now.reporting_year
        and prints(r.answered("BME", year), bme, 1)
        and prints(r.answered("White", year), white, 1)
    )


def one_said(r: Facts, share: str, group: str, survey: str) -> bool:
    return int(survey) + 1 == r.now.reporting_year and prints(
        r.answered(group, r.now.reporting_year), share, 1
    )


def all_said(r: Facts, share: str, survey: str) -> bool:
    answers = r.now.survey.answers if r.now.survey else {}
    mine = [a for (number, _), a in answers.items() if number == r.number]
    yes, base = sum(a.yes for a in mine), sum(a.yes + a.no for a in mine)
    return int(survey) + 1 == r.now.reporting_year and prints(Fraction(100 * yes, base), share, 1)


def higher_for(r: Facts, group: str) -> bool:
    bme, white = (r.answered(g, r.now.reporting_year) for g in ("BME", "White"))
    assert bme is not None and white is not None
    return bme > white if group == "BME" else white > bme


def same_said(r: Facts) -> bool:
    bme, white = (r.answered(g, r.now.reporting_year) for g in ("BME", "White"))
    return bme is not None and white is not None and rounded(bme, 1) == rounded(white, 1)


def not_said(r: Facts, group: str, state: str, year: str) -> bool:
    survey = r.years[int(year)].survey
    if state == "not collected":
        return survey is None
    return survey is not None and r.answered(group, int(year)) is None


def answered(r: Facts, white: str, bme: str) -> bool:
    assert r.now.survey is not None
    bases = [sum(r.now.survey.answers[r.number, g][:2]) for g in ("White", "BME")]
    return [plain(white), plain(bme)] == bases


def said_before(r: Facts, year: str, bme: str, white: str, other: str | None) -> bool:
    return (
        prints(r.answered("BME", int(year)), bme, 1)
        and prints(r.answered("White", int(year)), white, 1)
        and not other
    )


def board(r: Facts, bme: str, members: str, share: str) -> bool:
    assert r.now.board is not None
    people = r.now.board.members["board"]
    return (plain(bme), plain(members)) == (people.bme, people.total) and prints(
        Fraction(100 * people.bme, people.total), share, 1
    )


def board_share(r: Facts, share: str) -> bool:
    assert r.now.board is not None
    people = r.now.board.members["board"]
    return prints(Fraction(100 * people.bme, people.total), share, 1)


def board_state(r: Facts, state: str) -> bool:
    return (r.now.board is None) == (state == "not collected")


def of_workforce(r: Facts, share: str) -> bool:
    staff = r.staff(r.now.reporting_year)
    return prints(Fraction(100 * staff.bme, staff.total), share, 1)


def gap(r: Facts, gap: str) -> bool:
    return prints(r.board_gap("board", r.now.reporting_year), gap, 1)


def gap_state(r: Facts, state: str) -> bool:
    if is_range(state):
        return within(r.board_gap("board", r.now.reporting_year), state)
    if state == "not collected":
        return r.now.board is None
    return r.board_gap("board", r.now.reporting_year) is None


def part_gap(r: Facts, part: str, gap: str) -> bool:
    return prints(r.board_gap(part, r.now.reporting_year), gap, 1)


def gap_was(r: Facts, year: str, gap: str) -> bool:
    return prints(r.board_gap("board", int(year)), gap, 1)


def disparity(r: Facts, who: str, first: str, second: str, third: str) -> bool:
    cluster = {
        "clinical and non-clinical staff together": "",
        "clinical staff": "clinical",
        "non-clinical staff": "non_clinical",
    }[who]
    tiers = r.tiers(cluster)
    for text, low, high in (
        (first, "lower", "middle"),
        (second, "middle", "upper"),
        (third, "lower", "upper"),
    ):
        below, above = tiers[low], tiers[high]
        calculable = bool(below.white and below.bme and above.bme)
        if text == "withheld":
            if not r.public:
                return False
        elif text == "not calculable":
            if calculable:
                return False
        elif not calculable or not prints(
            Fraction(above.white, below.white) / Fraction(above.bme, below.bme), text, 2
        ):
            return False
    return True


def verdict(r: Facts, words: str) -> bool:
    """A stated difference lies the way the rates lie; a word that states none never stands beside an interval that
    excludes equality, which is worked out here another way.
    """
    pair = r.pair()
    return pair is not None and judged(words, *pair, points=r.number in "56789")


def tier_verdict(r: Facts, low: str, high: str, words: str) -> bool:
    """The same of a disparity ratio; the words name its tiers."""
    below, above = (r.tiers("")[tier] for tier in (low, high))
    white, bme = ((above[g], above[g] + below[g]) for g in (0, 1))
    named = "difference:" not in words or f"in the {high} rather than the {low} bands" in words
    return named and judged(words, white, bme, points=False)


def judged(words: str, white: tuple[int, int], bme: tuple[int, int], *, points: bool) -> bool:
    """Whether the verdict's word, its direction and its clause agree with the counts of the two groups."""
    found = re.fullmatch(VERDICT, words)
    if found is None:
        return False
    word, direction, by_chance, what, smallest = found.groups()
    fewest = few(white, bme)
    if word == "too few":
        return direction is None and fewest
    gap = Fraction(*bme) - Fraction(*white) if white[1] and bme[1] else Fraction(0)
    if word in ("clear difference", "likely difference"):
        right = direction is not None and gap != 0 and (gap < 0) == (direction == "less")
        return right and (by_chance is None) == (word == "clear difference")
    large = smallest is None or Fraction(smallest) > (0 if what == "difference" else 1)
    return direction is None and large and not excluded(white, bme, points=points)


VERDICT = (
    r"(clear difference|likely difference|cannot tell|no difference that matters|too few)"
    r"(?:: BME (?:staff|applicants|people) (less|more) [a-zA-Z ,-]+)?"
    r"(; among all comparisons of a return one such can come by chance)?"
    r"(?:; with these numbers (?:a (ratio|difference) of (\d+\.\d+)(?: percentage points)? or more|"
    r"no disadvantage, however large,) is seen in 4 years of 5)?"
)


def few(white: tuple[int, int], bme: tuple[int, int]) -> bool:
    """Fewer than 11 in a group, than 5 to whom it happened (or did not), or than 5 expected in a cell."""
    done, people = white[0] + bme[0], white[1] + bme[1]
    smaller, rarer = min(white[1], bme[1]), min(done, people - done)
    return smaller < 11 or rarer < 5 or smaller * rarer < 5 * people


def excluded(white: tuple[int, int], bme: tuple[int, int], *, points: bool) -> bool:
    """Whether the 95% interval excludes equality. Of a score interval of a ratio or an odds ratio: whether Pearson's
    chi-square is beyond its 95% point; of a difference in points: from the two Wilson intervals.
    """
    (a, n), (b, m) = white, bme
    if not n or not m or a > n or b > m:
        return False
    if not points:
        done, people = a + b, n + m
        left = done * (people - done) * n * m
        return bool(left) and (a * m - b * n) ** 2 * people > 3.8414588 * left * (1 + 1e-9)
    (low1, high1), (low2, high2) = (wilson_by_hand(*group) for group in (bme, white))
    p, q = b / m, a / n
    low = p - q - ((p - low1) ** 2 + (high2 - q) ** 2) ** 0.5
    high = p - q + ((high1 - p) ** 2 + (q - low2) ** 2) ** 0.5
    return low > 1e-12 or high < -1e-12


def wilson_by_hand(x: int, n: int) -> tuple[float, float]:
    """The roots of (p − x ÷ n)² = z² p (1 − p) ÷ n."""
    z2 = 3.8414588
    a, b, c = 1 + z2 / n, 2 * x / n + z2 / n, (x / n) ** 2
    root = max(0.0, b * b - 4 * a * c) ** 0.5
    return (b - root) / (2 * a), (b + root) / (2 * a)


def bands(r: Facts, names: str, _: str, way: str) -> bool:
    assert r.now.workforce is not None
    whole = r.staff(r.now.reporting_year)
    clusters = {
        "non-clinical ": "non_clinical",
        "clinical ": "clinical",
        "medical and dental ": "medical_and_dental",
    }
    pattern = r"(non-clinical|clinical|medical and dental) (.+?)(?=, (?:non-|clinical|medical)| and (?:non-|clinical|medical)|$)"
    found = re.findall(pattern, names)
    for cluster, band in found:
        people = r.now.workforce.cells[clusters[cluster + " "], band]
        rest = Fraction(whole.bme - people.bme, whole.total - people.total)
        here = Fraction(people.bme, people.total)
        if (here < rest) != (way == "less") or here == rest:
            return False
    return bool(found)


def true(r: Facts, *_: str) -> bool:
    return True
