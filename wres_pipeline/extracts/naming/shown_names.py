"""A file's name as a message may have it: names are typed by people, and now and then hold one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from wres_pipeline.extracts import contracts
from wres_pipeline.reference.shown_text import shape

COPIES = frozenset(
    re.findall(
        r"\w+",
        "absence actions comments copy corrected draft export extract figures final holiday leave mappings new notes old part "
        "csv gz ods pdf tsv txt xls xlsb xlsm xlsx zip plan population provider readme report residents resubmission revised rota settings sickness v",
    )
)
"""Words of a file's name that say which copy it is. [ours]"""
LONGEST = 80
SUFFIX = re.compile(r"\.[a-z]{1,4}\Z", re.IGNORECASE)


def shown_name(name: str) -> str:
    """A file's name as a message may have it: a word that is no kind of extract, no list's and no date is its shape.

    `esr_staff_list_Jo Bloggs_2021-03-31.csv` becomes `esr_staff_list_Aa Aaaaaa_2021-03-31.csv`.
    """
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    end = suffix if SUFFIX.fullmatch(suffix) else shape(suffix) if suffix else ""
    known = _name_words()

    def part(match: re.Match[str]) -> str:
        word = match[0]
        usual = word.casefold() in known or re.fullmatch(
            r"v?\d{1,2}|(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?", word, re.I
        )
        return word if usual else shape(word)

    return re.sub(r"[^\W_]+", part, stem)[:LONGEST] + end


@cache
def _name_words() -> frozenset[str]:
    names = (name for kind in contracts.kinds() for name in (*contracts.load(kind).names, kind))
    return frozenset({word for name in names for word in name.split("_")} | COPIES)
