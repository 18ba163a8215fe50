"""NHS Staff Survey: which question feeds which indicator in which survey year, and what its answers mean.

A question is known by (survey year, name), never by its number alone: Q13 was harassment in 2018 and physical
violence from 2021 on [seen]. WRES year Y uses the survey of the autumn of Y-1 [seen].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import ethnicity
from wres_pipeline.reference.tables import fold

ALL_STAFF = ""
MEASURES = ("experienced", "not_experienced", "yes", "no")
ANSWERS = ("yes", "no", "dont_know", "no_answer")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one survey year.

    topic: the same name in every year (`harassment_public`, `harassment_managers`, …), so that a series can
    be joined. indicator: `5`…`8`, or blank for a question that is kept for history only. part: for
    indicator 6 `managers` or `colleagues`, blank for the whole indicator. measure: what a percentage of it
    counts when the source does not say, `experienced` or `yes`. answers: which list of answers it takes.
    base: `answered`, `excludes_dont_know` or `includes_dont_know`. preferred: the name to print, where
    several are accepted.
    """

    survey_year: int
    question: str
    topic: str
    indicator: str
    part: str
    text: str
    measure: str
    answers: str
    base: str
    preferred: bool
    evidence: str
    source: str


@lru_cache(maxsize=1)
def _questions() -> dict[int, dict[str, Question]]:
    found: dict[int, dict[str, Question]] = {}
    for r in tables.rows("survey_questions"):
        question = Question(
            survey_year=int(r["survey_year"]),
            question=r["question"],
            topic=r["topic"],
            indicator=r["indicator"],
            part=r["part"],
            text=r["text"],
            measure=r["measure"],
            answers=r["answers"],
            base=r["base"],
            preferred=r["preferred"] == "yes",
            evidence=r["evidence"],
            source=r["source"],
        )
        found.setdefault(question.survey_year, {})[fold(question.question)] = question
    return found


def survey_years() -> list[int]:
    """Every survey year that has questions."""
    return sorted(_questions())


def is_mapped(survey_year: int) -> bool:
    """Whether the list holds the questions of that survey year."""
    return survey_year in _questions()


@lru_cache(maxsize=1)
def topics() -> tuple[str, ...]:
    """The topics that feed an indicator, as a mapping of a survey that no list knows names them, in order."""
    latest = sorted(questions(max(survey_years())), key=lambda q: (q.indicator, q.part != "managers"))
    return tuple(dict.fromkeys(q.topic for q in latest if q.preferred))


def _by_topic(survey_year: int, key: str) -> Question | None:
    """The question of a survey that no list knows, which an organisation's mapping named by its topic: asked and
    answered as in the latest survey that a list knows [ours]."""
    latest = max(year for year in survey_years() if year < survey_year)
    found = next((q for q in questions(latest) if q.preferred and fold(q.topic) == key), None)
    return (
        None
        if found is None
        else replace(found, survey_year=survey_year, question=found.topic.replace("_", " "))
    )


def questions(survey_year: int) -> list[Question]:
    """The questions that feed an indicator, in file order; empty for a year with no list."""
    return [q for q in _questions().get(survey_year, {}).values() if q.indicator]


def question(survey_year: int, name: str | None) -> Question | None:
    """The question called `name` in that survey year, also those kept for history only; None if no list
    knows it.

    Besides the year's own names: both questions of indicator 6 in one row, however they are joined (`Q14b & c`,
    `Q14b or Q14c`), and the names of indicators in `survey_names.csv` (`Indicator 6`, `KF26`). Of a year that no list
    knows: the topics (`harassment_public`), which an organisation's mapping gives its questions.
    """
    if name is None or not fold(name):
        return None
    of_year = _questions().get(survey_year, {})
    key = fold(name)
    if not of_year and survey_year > min(survey_years()):
        return _by_topic(survey_year, key)
    if key not in of_year:
        key = _spelt(key)
    if key in of_year:
        return of_year[key]
    parts = {q.part: q for q in of_year.values() if q.part}
    joined = frozenset(_numbers(key))
    if len(parts) == len(PARTS_OF_6) and joined == {fold(parts[part].question) for part in PARTS_OF_6}:
        return _of_either(parts)
    number = _names().get(key) or _names().get(fold(re.sub(r"\s*\(.*\)$", "", key)))
    if len(parts) == len(PARTS_OF_6) and number == parts[PARTS_OF_6[0]].indicator:
        return next((q for q in of_year.values() if q.indicator == number and not q.part), _of_either(parts))
    return (
        next((q for q in of_year.values() if q.indicator == number and q.preferred), None) if number else None
    )


_SPELLINGS = (
    (
        re.compile(r"(?:q(?:uestion)?)?\W*(\d{1,2})\W*([a-e])\b\)?(?:\W+(?!and\b|or\b)[^\W\d_]{3,}[^\d]*)?"),
        r"q\1\2",
    ),
    (re.compile(r"q(?:uestion)?\W*(\d{1,2})"), r"q\1"),
    (re.compile(r"(?:wres\W*)?(?:indicator|metric|ind|wres)\W*([5-8])"), r"indicator \1"),
    (re.compile(r"(?:kf|key finding)\W*(\d{2})"), r"kf\1"),
)
"""Other spellings of a question's number and of an indicator's or key finding's name, and how the lists write them. [ours]"""


def _spelt(key: str) -> str:
    """A folded name as the lists write it: `q14 (a)`, `14a` and `question 14a: patients` are `q14a`; one of two questions stays."""
    if len(_numbers(key)) > 1:
        return key
    for pattern, plain in _SPELLINGS:
        if pattern.fullmatch(key):
            return pattern.sub(plain, key)
    return key


@lru_cache
def indicators_of(topic: str) -> frozenset[str]:
    """The indicators that questions of a topic feed, over all years."""
    return frozenset(
        q.indicator for of_year in _questions().values() for q in of_year.values() if q.topic == topic
    ) - {""}


def worded_anew(topic: str, survey_year: int) -> int | None:
    """The latest survey up to that year whose questionnaire words a topic otherwise than the one of the year before; None
    where none was seen. Only questionnaires from 2021 on were seen.
    """
    seen = {
        year: asked.text
        for year in survey_years()
        for asked in questions(year)
        if asked.topic == topic
        and asked.preferred
        and asked.evidence == "seen"
        and year >= FIRST_QUESTIONNAIRE
    }
    changed = [
        year for year, text in seen.items() if year <= survey_year and seen.get(year - 1, text) != text
    ]
    return max(changed, default=None)


FIRST_QUESTIONNAIRE = 2021
PARTS_OF_6 = ("managers", "colleagues")
_PAIR = r"q ?(\d{1,2}) ?([a-e]) ?(?:%s) ?(?:q ?(\d{1,2}))? ?([a-e])"
_JOINED = re.compile(_PAIR % r"and/or|and|or|/|\+|\|" + r"(?= |$)")
_SIDE_BY_SIDE = re.compile(_PAIR % "")


def _numbers(key: str) -> tuple[str, ...]:
    """The two questions that a folded name such as `q14b and c` joins; none where it joins no two."""
    found = _SIDE_BY_SIDE.fullmatch(key) or _JOINED.match(key)
    if found is None:
        return ()
    first, part, second, other = found.groups()
    return f"q{first}{part}", f"q{second or first}{other}"


def _of_either(parts: dict[str, Question]) -> Question:
    """Indicator 6 as one question: whoever met it from managers or from colleagues."""
    managers, colleagues = (parts[part] for part in PARTS_OF_6)
    return replace(
        managers,
        question=f"{managers.question} & {colleagues.question}",
        topic="harassment_staff",
        part="",
        text="Harassment, bullying or abuse at work from staff (managers or colleagues) in the last 12 months",
        preferred=True,
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return tables.by_label("survey_names", lambda r: r["indicator"])


def indicator(survey_year: int, name: str | None) -> tuple[str, str] | None:
    """(indicator, part) of a question: `("6", "managers")`; None when it feeds none or no list knows it."""
    found = question(survey_year, name)
    return (found.indicator, found.part) if found is not None and found.indicator else None


def measure(text: str | None) -> str | None:
    """What a percentage counts, of MEASURES, by the column heading or measure cell; None if no list knows
    it."""
    return None if text is None else _measures().get(fold(text))


def answer(survey_year: int, name: str, text: str | None) -> str | None:
    """What a respondent's answer to a question means, of ANSWERS; None: the question or the answer is on no
    list.

    `yes` and `no` are in the base of a percentage, `no_answer` (blank, refused) is not, and `dont_know` is
    where the question's `base` includes it.
    """
    asked = question(survey_year, name)
    return None if asked is None else answer_of(asked.answers, text)


def answer_of(answers: str, text: str | None) -> str | None:
    """What a text means in one list of answers (`frequency`, `yes_no`, `yes_no_dont_know`); None: it is on no list.

    A number below zero is a code for a missing answer whatever it is, and `2.0` is `2`, as a table program writes it.
    """
    key = fold(text) if text is not None else ""
    if text is None or not key or _NEGATIVE.fullmatch(text.strip()):
        return "no_answer"
    return _answers()[answers].get(key[:-2] if _WHOLE.fullmatch(key) else key)


def ethnic_group(text: str | None, survey_year: int) -> str | None:
    """`White`, `BME`, `Unknown`, ALL_STAFF (the empty text), or None for a text no list knows.

    Reads a group label of a table (`All other ethnic groups`), the survey's own code (`09` or `9`) or
    answer label of that year (2025 moved the codes) and, for anything but digits, the codes and labels of
    `ethnicity`.
    """
    key = fold(_FOOTNOTE.sub(" ", text)) if text is not None else ""
    if text is None or not key:
        return "Unknown"
    if key in _groups():
        return _groups()[key]
    of_year = _ethnic_codes().get(survey_year, {})
    if key.isdigit():
        return of_year.get(key.zfill(2))
    if key in of_year:
        return of_year[key]
    known = ethnicity.resolve(text)
    return None if known.state == "unmapped" else known.group


_NEGATIVE = re.compile("[-\u2010-\u2015\u2212]\\d+(?:\\.0)?")
_WHOLE = re.compile(r"\d+\.0")
#: what points to a footnote behind a group's name: stars, daggers, raised figures
_FOOTNOTE = re.compile("[*\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]+")


@lru_cache(maxsize=1)
def _measures() -> dict[str, str]:
    return tables.by_label("survey_measures", lambda r: r["measure"])


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return tables.by_label("survey_groups", lambda r: ALL_STAFF if r["group"] == "all" else r["group"])


@lru_cache(maxsize=1)
def _answers() -> dict[str, dict[str, str]]:
    lists = {r["answers"]: [] for r in tables.rows("survey_answers")}  # type: dict[str, list[tables.Row]]
    for r in tables.rows("survey_answers"):
        lists[r["answers"]].append(r)
    return {name: tables.by_label("survey_answers", lambda r: r["means"], of) for name, of in lists.items()}


@lru_cache(maxsize=1)
def _ethnic_codes() -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for r in tables.rows("survey_ethnic_codes"):
        year = found.setdefault(int(r["survey_year"]), {})
        year[r["code"]] = r["group"]
        year[fold(r["label"])] = r["group"]
    return found
