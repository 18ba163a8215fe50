"""The staff survey of an invented organisation as a contractor sends it: a small table of results, or the
respondents.
"""

from __future__ import annotations

import numpy as np

from wres_pipeline.synthetic import catalogue
from wres_pipeline.synthetic.organisation import Organisation
from wres_pipeline.synthetic.writing import Table

SMALLEST_SHOWN = 11
GROUPS = (("All staff", ""), ("White staff", "White"), ("BME staff", "BME"))
FREQUENCIES = ("1-2", "3-5", "6-10", "More than 10")
WORDS = {"yes": "Yes", "no": "No", "dont_know": "Don't know", "": ""}


def kinds_of_answer() -> dict[str, tuple[str, str]]:
    """Per question: how it is answered, and what its percentage counts."""
    return {
        row["question"]: (row["answers"], row["measure"]) for row in catalogue.rows("survey_questions.csv")
    }


def tidy(made: Organisation, survey_year: int) -> Table:
    """One row a question and group; results of fewer than 11 responses are a dash, as the survey's
    publisher prints them.
    """
    answers = made.surveys[survey_year + 1]
    labels = catalogue.ethnicities()
    group_of = np.where(answers.ethnicity < 0, "", labels.wres_group[answers.ethnicity])
    kinds = kinds_of_answer()
    lines: list[tuple[str, str, str, str, str]] = []
    for question, given in answers.answers.items():
        # Before the 2021 survey those who did not know stood outside the base of the career question.
        outside = ("", "dont_know") if survey_year < 2021 else ("",)
        for title, group in GROUPS:
            asked = ~np.isin(given.astype(str), outside) & ((group == "") | (group_of == group))
            base = int(asked.sum())
            yes = int((given[asked] == "yes").sum())
            percent = "-" if base < SMALLEST_SHOWN else f"{100 * yes / base:.1f}"
            lines.append((question, title, percent, str(base), kinds[question][1]))
    names = ("question", "ethnic_group", "percent", "base", "measure")
    return {name: catalogue.texts([line[place] for line in lines]) for place, name in enumerate(names)}


def respondents(made: Organisation, survey_year: int) -> Table:
    """One row a respondent, answers in the questionnaire's words."""
    answers = made.surveys[survey_year + 1]
    labels = catalogue.ethnicities()
    table: dict[str, np.ndarray] = {
        "respondent": answers.respondent,
        "ethnic_group": np.where(answers.ethnicity < 0, "", labels.survey_label[answers.ethnicity]).astype(
            object
        ),
    }
    kinds = kinds_of_answer()
    for question, given in answers.answers.items():
        if kinds[question][0] == "frequency":
            often = np.arange(len(given)) * 7 % 10 % len(FREQUENCIES)
            frequencies = catalogue.texts(list(FREQUENCIES))[often]
            words = np.where(given == "yes", frequencies, np.where(given == "no", "Never", "")).tolist()
        else:
            words = [WORDS[text] for text in given.tolist()]
        table[question.lower()] = catalogue.texts(words)
    return table
