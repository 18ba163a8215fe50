"""A reader of the drafted sentences that shares nothing with the code that wrote them.

Each sentence is taken apart by a pattern and checked against the counts of the organisation, worked out here
again with whole numbers and fractions. A sentence that no pattern knows is a contradiction too: nothing may
slip by unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from wres_pipeline.indicators.tallies import Groups, OrganisationCounts

NUMBER = r"(-?[\d,]+(?:\.\d+)?)"
STATES = (
    r"(not calculable|not collected|not required|suppressed at source \(fewer than 11 responses\)|withheld)"
)
NEUTRAL = ("no evidence of a difference", "too few to say", "cannot be worked out")


def split(text: str) -> list[str]:
    """Sentences of a drafted text."""
    return re.split(r"(?<=\.) (?=[A-Z0-9-])", text)


def rounded(value: Fraction, places: int) -> str:
    """Half up, written with long division and nothing of the project's."""
    scaled = abs(value) * 10**places
    whole, left = divmod(scaled.numerator, scaled.denominator)
    if 2 * left >= scaled.denominator:
        whole += 1
    digits = str(whole).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if value < 0 and whole else text


class Reader:
    """Reads sentences about one organisation's two years and lists what they get wrong."""

    def __init__(self, now: OrganisationCounts, before: OrganisationCounts, *, public: bool = False) -> None:
        self.public = public
        self.years = {now.reporting_year: now, before.reporting_year: before}
        self.now, self.before = now, before
        self.wrong: list[str] = []
        self.number = ""

    def read(self, number: str, sentence: str) -> None:
        """Check one sentence about one indicator."""
        self.number = number
        for pattern, check in PATTERNS:
            found = re.fullmatch(pattern, sentence)
            if found:
                if "withheld" in found.groups():
                    if not self.public:
                        self.wrong.append(f"{number}: nothing is withheld here: {sentence}")
                    return
                try:
                    right = check(self, *found.groups())
                except (KeyError, ZeroDivisionError) as error:
                    self.wrong.append(f"{number}: {error!r}: {sentence}")
                    return
                if not right:
                    self.wrong.append(f"{number}: contradicted: {sentence}")
                return
        self.wrong.append(f"{number}: not understood: {sentence}")

    # what the counts say
    def staff(self, year: int) -> Groups:
        workforce = self.years[year].workforce
        assert workforce is not None
        return workforce.total

    def cluster(self, name: str) -> Groups:
        assert self.now.workforce is not None
        cells = [g for (c, _), g in self.now.workforce.cells.items() if c == name]
        return Groups(*(sum(g[i] for g in cells) for i in range(3)))

    def event(self, year: int) -> tuple[Groups, Groups] | None:
        counts = self.years[year]
        assert counts.workforce is not None
        if self.number == "2":
            return counts.recruitment and (counts.recruitment.appointed, counts.recruitment.shortlisted)
        if self.number == "3":
            return counts.discipline and (counts.discipline.this_year, counts.workforce.total)
        return counts.training and (counts.training.people, counts.workforce.total)

    def ratio(self, year: int) -> Fraction | None:
        found = self.event(year)
        if found is None:
            return None
        did, of = found
        top, bottom = (1, 0) if self.number == "3" else (0, 1)
        if not of[top] or not of[bottom] or not did[bottom]:
            return None
        return Fraction(did[top], of[top]) / Fraction(did[bottom], of[bottom])

    def answered(self, group: str, year: int) -> Fraction | None:
        survey = self.years[year].survey
        if survey is None:
            return None
        one = survey.answers[self.number, group]
        return Fraction(100 * one.yes, one.yes + one.no) if one.yes + one.no else None

    def board_gap(self, part: str, year: int) -> Fraction | None:
        board = self.years[year].board
        staff = self.staff(year)
        people = board.members[part] if board else Groups()
        if not people.total or not staff.total:
            return None
        return Fraction(100 * people.bme, people.total) - Fraction(100 * staff.bme, staff.total)

    def tiers(self, cluster: str) -> dict[str, Groups]:
        assert self.now.workforce is not None
        tiers = {"lower": [0, 0, 0], "middle": [0, 0, 0], "upper": [0, 0, 0]}
        for (name, band), people in self.now.workforce.cells.items():
            if name == "medical_and_dental" or cluster not in ("", name):
                continue
            tier = (
                "middle"
                if band in ("Band 6", "Band 7")
                else "upper"
                if band.startswith(("Band 8", "Band 9")) or band == "VSM"
                else "lower"
            )
            for place in range(3):
                tiers[tier][place] += people[place]
        return {name: Groups(*counts) for name, counts in tiers.items()}


def _plain(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _is(value: Fraction | None, text: str, places: int) -> bool:
    return value is not None and rounded(value, places) == text.replace(",", "")


def _at_31_march(r: Reader, year: str, bme: str, everybody: str, share: str) -> bool:
    staff = r.staff(int(year))
    return (
        _plain(bme) == staff.bme
        and _plain(everybody) == staff.total
        and _is(Fraction(100 * staff.bme, staff.total), share, 1)
    )


def _clusters(r: Reader, words: str) -> bool:
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
        if not _is(Fraction(100 * people.bme, people.total), text, 1):
            return False
    if r.public:
        return True
    without = {n for n in names.values() if r.cluster(n).total == 0}
    return len(parts) == 3 - len(without)


def _times_as_likely(r: Reader, year: str, top: str, shown: str, bottom: str) -> bool:
    right_way = (top, bottom) == (("BME", "White") if r.number == "3" else ("White", "BME"))
    return right_way and _is(r.ratio(int(year)), shown, 2)


def _nobody(r: Reader, year: str, top: str, bottom: str, group: str) -> bool:
    right_way = (top, bottom) == (("BME", "White") if r.number == "3" else ("White", "BME"))
    found = r.event(int(year))
    return (
        right_way and group == top and found is not None and found[0].of(top) == 0 and r.ratio(int(year)) == 0
    )


def _no_ratio(r: Reader, top: str, bottom: str, state: str, year: str) -> bool:
    right_way = (top, bottom) == (("BME", "White") if r.number == "3" else ("White", "BME"))
    if not right_way:
        return False
    if state == "not collected":
        counts = r.years[int(year)]
        return {"2": counts.recruitment, "3": counts.discipline, "4": counts.training}[r.number] is None
    return state == "not calculable" and r.ratio(int(year)) is None


def _rate(r: Reader, did: str, of: str, group: str, share: str) -> bool:
    found = r.event(r.now.reporting_year)
    assert found is not None
    top, bottom = found[0].of(group), found[1].of(group)
    return (_plain(did), _plain(of)) == (top, bottom) and _is(Fraction(100 * top, bottom), share, 1)


def _rate_alone(r: Reader, share: str, group: str) -> bool:
    found = r.event(r.now.reporting_year)
    assert found is not None
    return _is(Fraction(100 * found[0].of(group), found[1].of(group)), share, 1)


def _no_rate(r: Reader, group: str, state: str) -> bool:
    found = r.event(r.now.reporting_year)
    return found is not None and state == "not calculable" and found[1].of(group) == 0


def _ratio_was(r: Reader, year: str, shown: str, compared: str | None) -> bool:
    then, now = r.ratio(int(year)), r.ratio(r.now.reporting_year)
    if not _is(then, shown, 2):
        return False
    if not compared:
        return now is None or r.public
    assert then is not None and now is not None
    if "same" in compared:
        return rounded(then, 2) == rounded(now, 2)
    return then > now if "higher" in compared else then < now


def _ratio_was_not(r: Reader, year: str, state: str) -> bool:
    if state == "not collected":
        counts = r.years[int(year)]
        return {"2": counts.recruitment, "3": counts.discipline, "4": counts.training}[r.number] is None
    return r.ratio(int(year)) is None


def _both_said(r: Reader, bme: str, white: str, survey: str) -> bool:
    year = int(survey) + 1
    return (
        year == r.now.reporting_year
        and _is(r.answered("BME", year), bme, 1)
        and _is(r.answered("White", year), white, 1)
    )


def _one_said(r: Reader, share: str, group: str, survey: str) -> bool:
    return int(survey) + 1 == r.now.reporting_year and _is(r.answered(group, r.now.reporting_year), share, 1)


def _all_said(r: Reader, share: str, survey: str) -> bool:
    answers = r.now.survey.answers if r.now.survey else {}
    mine = [a for (number, _), a in answers.items() if number == r.number]
    yes, base = sum(a.yes for a in mine), sum(a.yes + a.no for a in mine)
    return int(survey) + 1 == r.now.reporting_year and _is(Fraction(100 * yes, base), share, 1)


def _higher_for(r: Reader, group: str) -> bool:
    bme, white = (r.answered(g, r.now.reporting_year) for g in ("BME", "White"))
    assert bme is not None and white is not None
    return bme > white if group == "BME" else white > bme


def _same_said(r: Reader) -> bool:
    bme, white = (r.answered(g, r.now.reporting_year) for g in ("BME", "White"))
    return bme is not None and white is not None and rounded(bme, 1) == rounded(white, 1)


def _not_said(r: Reader, group: str, state: str, year: str) -> bool:
    survey = r.years[int(year)].survey
    if state == "not collected":
        return survey is None
    return survey is not None and r.answered(group, int(year)) is None


def _answered(r: Reader, white: str, bme: str) -> bool:
    assert r.now.survey is not None
    bases = [sum(r.now.survey.answers[r.number, g][:2]) for g in ("White", "BME")]
    return [_plain(white), _plain(bme)] == bases


def _said_before(r: Reader, year: str, bme: str, white: str, other: str | None) -> bool:
    return (
        _is(r.answered("BME", int(year)), bme, 1)
        and _is(r.answered("White", int(year)), white, 1)
        and not other
    )


def _board(r: Reader, bme: str, members: str, share: str) -> bool:
    assert r.now.board is not None
    people = r.now.board.members["board"]
    return (_plain(bme), _plain(members)) == (people.bme, people.total) and _is(
        Fraction(100 * people.bme, people.total), share, 1
    )


def _board_share(r: Reader, share: str) -> bool:
    assert r.now.board is not None
    people = r.now.board.members["board"]
    return _is(Fraction(100 * people.bme, people.total), share, 1)


def _board_state(r: Reader, state: str) -> bool:
    return (r.now.board is None) == (state == "not collected")


def _of_workforce(r: Reader, share: str) -> bool:
    staff = r.staff(r.now.reporting_year)
    return _is(Fraction(100 * staff.bme, staff.total), share, 1)


def _gap(r: Reader, gap: str) -> bool:
    return _is(r.board_gap("board", r.now.reporting_year), gap, 1)


def _gap_state(r: Reader, state: str) -> bool:
    if state == "not collected":
        return r.now.board is None
    return r.board_gap("board", r.now.reporting_year) is None


def _part_gap(r: Reader, part: str, gap: str) -> bool:
    return _is(r.board_gap(part, r.now.reporting_year), gap, 1)


def _gap_was(r: Reader, year: str, gap: str) -> bool:
    return _is(r.board_gap("board", int(year)), gap, 1)


def _disparity(r: Reader, who: str, first: str, second: str, third: str) -> bool:
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
        elif not calculable or not _is(
            Fraction(above.white, below.white) / Fraction(above.bme, below.bme), text, 2
        ):
            return False
    return True


def _verdict(r: Reader, words: str) -> bool:
    """A stated difference must lie the way the rates of the two groups lie."""
    if words in NEUTRAL:
        return True
    below = re.search(r"BME (?:staff|applicants|people) (less|more) ", words)
    year = r.now.reporting_year
    if r.number == "9":
        gap = r.board_gap("board", year)
    elif r.number in "5678":
        bme, white = r.answered("BME", year), r.answered("White", year)
        gap = None if bme is None or white is None else bme - white
    else:
        found = r.event(year)
        assert found is not None
        gap = Fraction(found[0].bme, found[1].bme) - Fraction(found[0].white, found[1].white)
    return bool(below) and gap is not None and (gap < 0) == (below[1] == "less") and gap != 0


def _tier_verdict(r: Reader, low: str, high: str, words: str) -> bool:
    if words in NEUTRAL:
        return True
    below, above = (r.tiers("")[tier] for tier in (low, high))
    gap = Fraction(above.bme, above.bme + below.bme) - Fraction(above.white, above.white + below.white)
    way = "BME staff less likely" if gap < 0 else "BME staff more likely"
    return gap != 0 and words.startswith(way) and f"in the {high} rather than the {low} bands" in words


def _bands(r: Reader, names: str, way: str) -> bool:
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


def _true(r: Reader, *_: str) -> bool:
    return True


DID = r"(?:were appointed|entered the formal disciplinary process|accessed non-mandatory training and CPD)"
TO = (
    r"(?:be appointed from shortlisting|enter the formal disciplinary process|"
    r"access non-mandatory training and CPD)"
)
MET = (
    r"(?:experienced harassment, bullying or abuse from (?:patients, relatives or the public|staff)|"
    r"believed that the organisation provides equal opportunities for career progression or promotion|"
    r"experienced discrimination from a manager, team leader or other colleagues)"
)
WHO = r"(?:applicants|staff)"
SAID = r"as they said in the NHS Staff Survey of autumn (\d{4})"
RATIO_OR_STATE = rf"({NUMBER[1:-1]}|not calculable|withheld)"

PATTERNS: list[tuple[str, Callable[..., bool]]] = [
    (rf"At 31 March (\d{{4}}), {NUMBER} of {NUMBER} staff were BME \({NUMBER}%\)\.", _at_31_march),
    (r"BME staff are (.*)\.", _clusters),
    (
        rf"Ethnicity is not known for {NUMBER}% of staff\.",
        lambda r, share: _is(
            Fraction(100 * r.staff(r.now.reporting_year).unknown, r.staff(r.now.reporting_year).total),
            share,
            1,
        ),
    ),
    (
        r"In no band(?: whose figures are shown)? is there evidence of a difference from the rest of the workforce"
        r"(?:; in some bands there are too few people to say)?\.",
        _true,
    ),
    (
        r"In every band(?: whose figures are shown)? there are too few people to say how it differs from the "
        r"workforce\.",
        _true,
    ),
    (
        rf"At 31 March (\d{{4}}), {NUMBER}% of staff were BME\.",
        lambda r, year, share: _is(
            Fraction(100 * r.staff(int(year)).bme, r.staff(int(year)).total), share, 1
        ),
    ),
    (rf"The percentage of BME staff at 31 March \d{{4}} is {STATES}\.", lambda r, state: False),
    (rf"{NUMBER}% of (?:shortlisted )?(White|BME) {WHO} {DID}\.", _rate_alone),
    (rf"The percentage for all staff is {STATES}\.", lambda r, state: r.now.survey is not None),
    (
        rf"In (\d{{4}}), the relative likelihood, (White|BME) ÷ (White|BME), was 0\.00: no (White|BME) {WHO} {DID}\.",
        _nobody,
    ),
    (r"In ([^:]+): BME staff (less|more) represented here than in the rest of the workforce\.", _bands),
    (
        rf"In (\d{{4}}), (White|BME) {WHO} were {NUMBER} times as likely as (White|BME) {WHO} to {TO}\.",
        _times_as_likely,
    ),
    (rf"The relative likelihood, (White|BME) ÷ (White|BME), is {STATES} for (\d{{4}})\.", _no_ratio),
    (
        rf"The 95% confidence interval of this ratio is {NUMBER} (?:to {NUMBER}|or more|or less)\.",
        _true,
    ),
    (rf"{NUMBER} of {NUMBER} (?:shortlisted )?(White|BME) {WHO} {DID} \({NUMBER}%\)\.", _rate),
    (rf"The likelihood for (White|BME) {WHO} is {STATES}\.", _no_rate),
    (
        rf"In (\d{{4}}) the ratio was {NUMBER}"
        r"(, higher than this year|, lower than this year|, the same as this year as printed)?\.",
        _ratio_was,
    ),
    (rf"The ratio of the year before, (\d{{4}}), is {STATES}\.", _ratio_was_not),
    (rf"{NUMBER}% of BME staff and {NUMBER}% of White staff {MET}, {SAID}\.", _both_said),
    (rf"{NUMBER}% of (White|BME) staff {MET}, {SAID}\.", _one_said),
    (rf"{NUMBER}% of all staff {MET}, {SAID}\.", _all_said),
    (r"The percentage is higher for (White|BME) staff\.", _higher_for),
    (r"The two percentages are the same as printed\.", _same_said),
    (rf"The percentage for (White|BME) staff is {STATES} for (\d{{4}})\.", _not_said),
    (rf"{NUMBER} White and {NUMBER} BME staff answered\.", _answered),
    (
        rf"In (\d{{4}}) the percentages were {NUMBER}% of BME staff and {NUMBER}% of White staff"
        r"(, on another basis: the two years are not comparable)?\.",
        _said_before,
    ),
    (rf"{NUMBER} of {NUMBER} board members were BME \({NUMBER}%\)\.", _board),
    (rf"The BME percentage of the board is {STATES}\.", _board_state),
    (rf"The BME percentage of the board is {NUMBER}%\.", _board_share),
    (rf"BME staff were {NUMBER}% of the workforce\.", _of_workforce),
    (rf"The difference between board and workforce is {NUMBER} percentage points\.", _gap),
    (rf"The difference between board and workforce is {STATES}\.", _gap_state),
    (rf"For (voting|executive) members the difference is {NUMBER} percentage points\.", _part_gap),
    (rf"In (\d{{4}}) the difference between board and workforce was {NUMBER} percentage points\.", _gap_was),
    (
        r"For (clinical and non-clinical staff together|clinical staff|non-clinical staff), "
        rf"the race disparity ratio is {RATIO_OR_STATE} from the lower to the middle tier, "
        rf"{RATIO_OR_STATE} from the middle to the upper tier and "
        rf"{RATIO_OR_STATE} from the lower to the upper tier\.",
        _disparity,
    ),
    (
        r"From the (lower|middle) to the (middle|upper) tier, the verdict for both together is: ([a-zA-Z ,-]+)\.",
        _tier_verdict,
    ),
    (r"The verdict is: ([a-zA-Z ,-]+)\.", _verdict),
]
