"""A reader of the drafted sentences that shares nothing with the code that wrote them.

Each sentence is taken apart by a pattern and checked against the counts of the organisation, worked out here
again with whole numbers and fractions. A sentence that no pattern knows is a contradiction too: nothing may
slip by unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from tests.unit.reports import checks_of_sentences as checks
from tests.unit.reports.facts_behind_sentences import Facts, Hidden
from wres_pipeline.indicators.counts import OrganisationCounts

NUMBER = checks.NUMBER
STATES = (
    r"(not calculable|not collected|not required|suppressed at source \(fewer than 11 responses\)|withheld|"
    r"between -?[\d,.]+%? and -?[\d,.]+(?:%| percentage points)?|0\.00)"
)
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
RATIO_OR_STATE = rf"({NUMBER[1:-1]}|not calculable|withheld|between [\d,.]+ and [\d,.]+)"
BY_CHANCE = r"95% interval [\d,.]+%? (?:to [\d,.]+%?|or more|or less)"

PATTERNS: list[tuple[str, Callable[..., bool]]] = [
    (rf"At 31 March (\d{{4}}), {NUMBER} of {NUMBER} staff were BME \({NUMBER}%\)\.", checks.at_31_march),
    (r"BME staff are (.*)\.", checks.clusters),
    (
        rf"In (band 4 and below|bands 5 to 7|band 8a and above), clinical and non-clinical staff together, {NUMBER} of {NUMBER} "
        rf"were BME \({NUMBER}%\)\.",
        checks.several_bands,
    ),
    (
        rf"Ethnicity is not known for {NUMBER}% of staff\.",
        lambda r, share: checks.prints(
            Fraction(100 * r.staff(r.now.reporting_year).unknown, r.staff(r.now.reporting_year).total),
            share,
            1,
        ),
    ),
    (
        r"Of no band(?: whose figures are shown)? can it be told from these numbers that it differs from the rest of the "
        r"workforce, nor of every band that it does not\.",
        checks.true,
    ),
    (
        r"No band(?: whose figures are shown)? differs from the rest of the workforce by as much as matters\.",
        checks.true,
    ),
    (r"Among so many bands one or two likely differences come by chance\.", checks.true),
    (
        r"In every band(?: whose figures are shown)? there are too few people to say how it differs from the "
        r"workforce\.",
        checks.true,
    ),
    (
        rf"At 31 March (\d{{4}}), {NUMBER}% of staff were BME\.",
        lambda r, year, share: checks.prints(
            Fraction(100 * r.staff(int(year)).bme, r.staff(int(year)).total), share, 1
        ),
    ),
    (
        rf"The percentage of BME staff at 31 March (\d{{4}}) is {STATES}\.",
        lambda r, year, state: checks.within(
            Fraction(100 * r.staff(int(year)).bme, r.staff(int(year)).total), state
        ),
    ),
    (rf"{NUMBER}% of (?:shortlisted )?(White|BME) {WHO} {DID}\.", checks.rate_alone),
    (rf"The percentage for all staff is {STATES}\.", lambda r, state: r.now.survey is not None),
    (
        rf"In (\d{{4}}), the relative likelihood, (White|BME) ÷ (White|BME), was 0\.00: no (White|BME) {WHO} {DID}\.",
        checks.nobody,
    ),
    (
        r"In ([^:]+): (clear|likely) difference: BME staff (less|more) represented here than in the rest of the workforce\.",
        checks.bands,
    ),
    (
        rf"In (\d{{4}}), (White|BME) {WHO} were {NUMBER} times as likely as (White|BME) {WHO} to {TO}\.",
        checks.times_as_likely,
    ),
    (
        rf"(\d{{4}}) to (\d{{4}}) together: (White|BME) {WHO} were {NUMBER} times as likely as (White|BME) {WHO} to {TO}, "
        rf"{BY_CHANCE}\.",
        checks.times_as_likely_together,
    ),
    (
        rf"(\d{{4}}) to (\d{{4}}) together: {NUMBER}% of (?:shortlisted )?(White|BME) {WHO} {DID}, {BY_CHANCE}\.",
        checks.rate_together,
    ),
    (rf"The relative likelihood, (White|BME) ÷ (White|BME), is {STATES} for (\d{{4}})\.", checks.no_ratio),
    (
        rf"The 95% confidence interval of this ratio is {NUMBER} (?:to {NUMBER}|or more|or less)\.",
        checks.true,
    ),
    (rf"{NUMBER} of {NUMBER} (?:shortlisted )?(White|BME) {WHO} {DID} \({NUMBER}%\)\.", checks.rate),
    (rf"The likelihood for (White|BME) {WHO} is {STATES}\.", checks.no_rate),
    (
        rf"In (\d{{4}}) the ratio was {NUMBER}"
        r"(, higher than this year|, lower than this year|, the same as this year as printed)?\.",
        checks.ratio_was,
    ),
    (rf"The ratio of the year before, (\d{{4}}), is {STATES}\.", checks.ratio_was_not),
    (rf"{NUMBER}% of BME staff and {NUMBER}% of White staff {MET}, {SAID}\.", checks.both_said),
    (rf"{NUMBER}% of (White|BME) staff {MET}, {SAID}\.", checks.one_said),
    (rf"{NUMBER}% of all staff {MET}, {SAID}\.", checks.all_said),
    (r"The percentage is higher for (White|BME) staff\.", checks.higher_for),
    (r"The two percentages are the same as printed\.", checks.same_said),
    (rf"The percentage for (White|BME) staff is {STATES} for (\d{{4}})\.", checks.not_said),
    (rf"{NUMBER} White and {NUMBER} BME staff answered\.", checks.answered),
    (
        rf"In (\d{{4}}) the percentages were {NUMBER}% of BME staff and {NUMBER}% of White staff"
        r"(, on another basis: the two years are not comparable)?\.",
        checks.said_before,
    ),
    (rf"{NUMBER} of {NUMBER} board members were BME \({NUMBER}%\)\.", checks.board),
    (rf"The BME percentage of the board is {STATES}\.", checks.board_state),
    (rf"The BME percentage of the board is {NUMBER}%\.", checks.board_share),
    (rf"BME staff were {NUMBER}% of the workforce\.", checks.of_workforce),
    (rf"The difference between board and workforce is {NUMBER} percentage points\.", checks.gap),
    (rf"The difference between board and workforce is {STATES}\.", checks.gap_state),
    (rf"For (voting|executive) members the difference is {NUMBER} percentage points\.", checks.part_gap),
    (
        rf"In (\d{{4}}) the difference between board and workforce was {NUMBER} percentage points\.",
        checks.gap_was,
    ),
    (
        r"For (clinical and non-clinical staff together|clinical staff|non-clinical staff), "
        rf"the race disparity ratio is {RATIO_OR_STATE} from the lower to the middle tier, "
        rf"{RATIO_OR_STATE} from the middle to the upper tier and "
        rf"{RATIO_OR_STATE} from the lower to the upper tier\.",
        checks.disparity,
    ),
    (
        r"From the (lower|middle) to the (middle|upper) tier, the verdict for both together is: (.+)\.",
        checks.tier_verdict,
    ),
    (r"The verdict is: (.+)\.", checks.verdict),
]


def split(text: str) -> list[str]:
    """Sentences of a drafted text."""
    return re.split(r"(?<=\.) (?=[A-Z0-9-])", text)


class Reader(Facts):
    """Reads sentences about one organisation's two years and lists what they get wrong."""

    def __init__(
        self, *counts: OrganisationCounts, public: bool = False, hidden: Iterable[Hidden] = ()
    ) -> None:
        """counts: of this year, of the year before, of older ones. hidden: the counts that no edition prints."""
        super().__init__(*counts, public=public, hidden=hidden)
        self.wrong: list[str] = []

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
