"""The lint on the wording of pages that bodies really published.

    python -m evidence.real_pages

Each entry is one published page: its address, and its claims in our own words with its own figures, in the layout the
page has. `mistakes` names the rules that a careful reader finds broken. Every second of the pages read last (`aside`, by the hash of
their address) was not linted while the rules were written. Writes docs/evidence/lint_real_pages.md.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from wres_pipeline.lint import Finding, lint_file

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "lint_real_pages.md"
PAGES = Path(__file__).with_name("real_pages.yaml")


@dataclass(frozen=True, slots=True)
class RealPage:
    """A published page re-worded: where it stands, whether it was set aside, its body, the rules it breaks."""

    address: str
    aside: bool
    body: str
    mistakes: tuple[str, ...]


def pages() -> list[RealPage]:
    """Every page of the yard-stick, in the order it was read."""
    return [
        RealPage(one["address"], bool(one.get("aside")), one["body"], tuple(one.get("mistakes", ())))
        for one in yaml.safe_load(PAGES.read_text(encoding="utf-8"))
    ]


def linted(page: RealPage, folder: Path) -> list[Finding]:
    """What the lint says of a page."""
    place = folder / "page.html"
    place.write_text(f"<html><body>{page.body}</body></html>", encoding="utf-8")
    return lint_file(place)


def outcome(page: RealPage, folder: Path) -> tuple[set[str], set[str], list[str]]:
    """(rules found, rules missed, what was found that is no mistake) of one page."""
    findings = linted(page, folder)
    rules = {finding.rule for finding in findings}
    wanted = set(page.mistakes)
    false = [f"{one.rule}: {one.found}, {one.words}" for one in findings if one.rule not in wanted]
    return rules & wanted, wanted - rules, false


FIRST_MEASURE = """The half set aside was linted once before anything was mended for it (29 pages, 2 mistakes):

| kind of mistake | found | missed | false |
|---|---|---|---|
| a ratio printed as a percentage | 1 | 0 | 0 |
| a ratio that does not follow from its likelihoods | 0 | 1 | 0 |
| a change that does not follow from its two ends | 0 | 0 | 1 |

Missed: the likelihood of each group in a list whose caption alone says that they are likelihoods. False: a year taken as the value that a
rise was from. Both kinds were mended then; the table below is of the code as it is now, so it is no measure of pages never seen."""


SECOND_MEASURE = """Read on 2026-11-28 from stored copies, each from its beginning (about 2,000 characters), and linted as it was read, before anything was
mended for it: 22 pages. A careful reader finds no mistake of these kinds in them: **0 found, 0 missed, 0 false** (nor any after the mends).

www.buckshealthcare.nhs.uk/documents/workforce-race-equality-standard-annual-report-2021-2022 ·
tavistockandportman.nhs.uk/publications/workforce-race-equality-standard-2023-24 ·
www.nursinginpractice.com/latest-news/slow-progress-on-tackling-nurse-discrimination-in-nhs ·
rcni.com/primary-health-care/newsroom/news/discrimination-nhs-extent-of-staff-bullying-revealed-204811 ·
kingadvisory.co.uk/2025/05/01/closing-the-ethnicity-gap-in-healthcare-disciplinaries-updated-briefing ·
hrreview.co.uk/hr-news/highest-level-of-discrimination-towards-bme-staff-within-the-nhs-reported-since-2015/141474 ·
www.rcn.org.uk/news-and-events/news/11042022-nhs-report-shows-discrimination-against-bame-health-workers-at-work ·
independentnurse.co.uk/content/news/discrimination-towards-bme-staff-rises ·
www.mentalhealthtoday.co.uk/news/inequality/harassment-at-work-experienced-by-thousands-of-black-asian-and-minority-ethnic-staff ·
lrdpublications.org.uk/publications.php?pub=LR&iss=2014&id=idm46992 ·
careappointments.com/care-news/england/102290/new-nhs-workforce-survey-finds-major-improvement-needed-on-bme-discrimination ·
diversitynowbyegloballearning.blogspot.com/2017/05/how-much-progress-is-nhs-making-on.html ·
www.hsj.co.uk/workforce/nhse-sets-first-targets-to-cut-bme-disciplinary-cases/7025477.article ·
nhsproviders.org/closing-the-gap-a-guide-to-addressing-racial-discrimination-in-disciplinaries/executive-summary ·
mjr-uk.com/one-in-three-minority-nhs-workers-face-discrimination ·
dekorhuset.com/news-and-events/Press-Releases/royal-college-of-nursing-responds-to-nhs-england-workforce-race-equality-standard-report ·
www.aol.co.uk/news/2016/06/02/ethnic-minority-health-workers-are-more-likely-to-report-bullying-in-the-workplace ·
hpma.org.uk/products-services/news/more-bme-staff-report-harassment-other-staff-white-staff ·
businessdocbox.com/Human_Resources/119654921-Annual-workforce-equality-and-diversity-report-2015-2016.html ·
www.dailymail.co.uk/health/article-6746825 · www.england.nhs.uk/2016/11/aace-sign-up ·
www.hsj.co.uk/leadership/roger-kline-the-long-walk-to-equality/5065434.article

One number or one word of a claim on twelve of them changed, so that the page contradicts itself: **7 of 12 named** at first sight,
11 after the mends; missed: a ratio of one group "a reduction from" another year's ratio, far apart in the sentence.

Pages invented on the same day with ordinary mistakes in wording that stands nowhere else in the project, in three rounds, each before its
mends: **3 of 12 named, then 2 of 8, then 5 of 6**; on their three right pages 0 false findings. After the mends 24 of 26. The two that are
missed: numbers of people and of those appointed in two sentences without a table ("of 400 interviewed 120 got the job"), and "our ratio is
0.6 BME to White" beside two percentages. All others are kept with a corrected twin in `tests/unit/lint/invented_pages.yaml`.

Mistakes planted once more on the same day, in a third hand's wording (claims in words: who is more likely, within the range of 0.80 to 1.25,
better or worse, over-represented, halved, one in five, an indicator's number beside another's words), each with a right twin: **5 of 29
named at first sight**, 0 false on 15 twins; 27 after the mends. Other wordings of the same kinds: **16 of 26**, 0 false on 15; 26 after. All
but the two left are kept in `tests/unit/lint/test_claims_in_words.py`. Left: a likelihood row of one group with a percent sign, which may
be a likelihood; a sentence that names the year after its value's, which may name the survey and not the return. Five more were kept aside
to the end: 2 of 3 mistakes named, 2 of 2 right ones left alone. Seventeen pages of the
stored corpus, in their own words: 0 false.

Most of what a body publishes is a PDF whose text is not stored: the pages above are what can be read, and most tables come after what is
stored of a page."""


def main() -> int:
    """Lints every page and writes the report."""
    rows = []
    totals = {True: [0, 0, 0], False: [0, 0, 0]}
    kinds: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for page in pages():
            found, missed, false = outcome(page, Path(folder))
            for place, rules in enumerate((found, missed, [one.partition(":")[0] for one in false])):
                totals[page.aside][place] += len(rules)
                for rule in rules:
                    kinds.setdefault(rule, [0, 0, 0])[place] += 1
            kind = "aside" if page.aside else "worked on"
            rows.append(
                f"| {page.address} | {kind} | {', '.join(sorted(found)) or 'none'} | {', '.join(sorted(missed)) or 'none'} |"
                f" {'; '.join(false) or 'none'} |"
            )
    lines = [
        "# What the lint finds on pages that bodies really published",
        "",
        f"`python -m evidence.real_pages`, {date.today():%Y-%m-%d}, 2 cores, 24 GiB. Claims are re-worded, figures and layout are the page's.",  # noqa: DTZ011
        f"{len(rows)} pages: reports of trusts and their indicator pages, national findings as others told them, and pages that are not of",
        "this standard (disability, gender pay, a bank), on which nothing but true mistakes may be found. Few published pages contradict",
        "themselves where it shows: recall by kind is measured on invented pages in four kinds of file",
        "(`tests/unit/lint/invented_pages.yaml`) and on seeded ones ([lint_accuracy](lint_accuracy.md)).",
        "",
        "## The half set aside, before anything was mended for it",
        "",
        FIRST_MEASURE,
        "",
        "## Pages that the lint had never met",
        "",
        SECOND_MEASURE,
        "",
        "## All pages now",
        "",
        "| half | pages | kinds of mistake found | missed | false findings |",
        "|---|---|---|---|---|",
    ]
    for aside, name in ((False, "worked on"), (True, "set aside until the rules stood")):
        count = sum(page.aside is aside for page in pages())
        lines.append(f"| {name} | {count} | {totals[aside][0]} | {totals[aside][1]} | {totals[aside][2]} |")
    lines += ["", "| kind of mistake | found | missed | false |", "|---|---|---|---|"]
    lines += [f"| {rule} | {n[0]} | {n[1]} | {n[2]} |" for rule, n in sorted(kinds.items())]
    lines += ["", "| page | half | found | missed | false |", "|---|---|---|---|---|", *rows, ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    return 1 if any(total[2] for total in totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
