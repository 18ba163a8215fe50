"""What must not stand on a page for the public, and how hard its sentences are to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import html

FAULTS = {
    "a file's name": re.compile(r"\b[\w-]+\.(?:csv|ya?ml|toml|sql|py|duckdb|json)\b", re.IGNORECASE),
    "a command": re.compile(r"\bwres (?:run|add|check|init|sign-off|quality|correct|verify|ui|lint)\b"),
    "a name of the code": re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b"),
    "a word of the operator": re.compile(
        r"\badd a row\b|\bmappings?\b|\brun again\b|\bquarantin|\bwarehouse\b|\bpipeline\b|\bassets?\b(?! manage)|"
        r"nobody has yet checked",
        re.IGNORECASE,
    ),
    "a sentence with 'withheld of'": re.compile(
        r"\bwithheld (?:of|per cent|%)|\bfor withheld\b", re.IGNORECASE
    ),
    "a day that is not written as in Britain": re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    "a hyphen for a minus sign": re.compile(r"(?<![\w–—.,/-])-\d"),
    # service-manual.nhs.uk, A to Z of NHS health writing: the entries that are not about the body or medicines
    "a word that the NHS does not use": re.compile(
        r"\balternative(?:ly|s)?\b|(?<=\s)&(?=\s)|\banonymis|\b(?:can|don|isn|doesn|won)['’]t\b(?! know)|\b(?:e\.?g|i\.?e|etc)\b\.?|\bequivalent|"
        r"\bexceed|\bexcessive|\bnormally\b|\boccur|\bpersist|\bseek|\bservice users?\b|\btelephone|\btry and\b|\bwell-being\b|"
        r"\bhealth care\b|\b(?:in|out)-patient|\bthe homeless\b|\bsuffer|\bmedication|\bbase-line|\bCovid\b|\blife-long\b|\b(?:hospital|community) settings?\b",
        re.IGNORECASE,
    ),
    "nothing where a word should be": re.compile(r"(?<![.:] )(?<!^)\bNone\b|\b(?:nan|NaN|undefined)\b"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of words: which page, which kind, and the words about it."""

    page: str
    kind: str
    words: str


def texts(page: Path) -> list[str]:
    """The texts of a page's body a reader sees, a block each: paragraphs, items, headings, cells; no script, no style."""
    body = html.parse(str(page)).getroot().find("body")
    assert body is not None
    for element in body.xpath("//script|//style|//svg//style"):
        element.drop_tree()
    blocks = body.xpath(
        ".//p|.//li|.//h1|.//h2|.//h3|.//td|.//th|.//dt|.//dd|.//caption|.//figcaption|.//summary|.//span"
    )
    found = [" ".join(block.text_content().split()) for block in blocks]
    found += [" ".join(str(words).split()) for words in body.xpath(".//@alt|.//@aria-label|.//@title")]
    return [words for words in dict.fromkeys(found) if words]


def sentences(page: Path) -> list[str]:
    """The whole sentences of a page's main part: paragraphs and items that end with a stop; no table, no tile."""
    main = html.parse(str(page)).getroot().find(".//main")
    assert main is not None
    blocks = [" ".join(block.text_content().split()) for block in main.xpath(".//p|.//li")]
    return [words for words in blocks if words.endswith(".") and len(words.split()) > 3]


def faults(root: Path) -> list[Fault]:
    """Every fault of words on every page of a folder."""
    return [
        Fault(str(page.relative_to(root)), kind, words[max(0, found.start() - 60) : found.end() + 60])
        for page in sorted(root.rglob("*.html"))
        for words in texts(page)
        for kind, pattern in FAULTS.items()
        for found in [pattern.search(words)]
        if found
    ]


def reading_age(words: str) -> float:
    """The age at which a text can be read: the Flesch-Kincaid grade (Kincaid and others 1975) and five years."""
    sentences = [s for s in re.split(r"(?<=[.!?:;])\s+", words) if re.search(r"[A-Za-z]", s)]
    each = re.findall(r"[A-Za-z][A-Za-z'’-]*", words)
    if not sentences or not each:
        return 0.0
    syllables = sum(_syllables(word) for word in each)
    return 0.39 * len(each) / len(sentences) + 11.8 * syllables / len(each) - 15.59 + 5


def _syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end; at least one."""
    lower = word.lower()
    if word.isupper() and len(word) <= 4:
        return len(word)  # BME is read out letter by letter
    groups = len(re.findall(r"[aeiouy]+", lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(1, groups)
