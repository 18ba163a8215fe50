"""The four states of knowledge and the WRES group of what a system wrote (standard.md, "Words")."""

from __future__ import annotations

import pytest

from wres_pipeline.reference.codes import ethnicity

# fmt: off
TABLE = [
    # what was written                        code    state            group
    ("A",                                     "A",    "declared",      "White"),
    ("B",                                     "B",    "declared",      "White"),
    ("C",                                     "C",    "declared",      "White"),
    ("T",                                     "T",    "declared",      "White"),
    ("D",                                     "D",    "declared",      "BME"),
    ("R",                                     "R",    "declared",      "BME"),
    ("S",                                     "S",    "declared",      "BME"),
    ("CA",                                    "CA",   "declared",      "White"),
    ("CD",                                    "CD",   "declared",      "White"),
    ("C2",                                    "C2",   "declared",      "White"),
    ("GF",                                    "GF",   "declared",      "BME"),
    ("SC",                                    "SC",   "declared",      "BME"),
    ("Z",                                     "Z",    "declined",      "Unknown"),
    ("99",                                    "99",   "not_recorded",  "Unknown"),
    # letters without a national meaning, and what has not the shape of a code
    ("I",                                     None,   "unmapped",      "Unknown"),
    ("O",                                     None,   "unmapped",      "Unknown"),
    ("Q",                                     None,   "unmapped",      "Unknown"),
    ("U",                                     None,   "unmapped",      "Unknown"),
    ("Y",                                     None,   "unmapped",      "Unknown"),
    ("a",                                     None,   "unmapped",      "Unknown"),
    ("ABC",                                   None,   "unmapped",      "Unknown"),
    ("NA",                                    None,   "unmapped",      "Unknown"),
    # code and label together: only a label of the code's own family
    ("A White - British",                     "A",    "declared",      "White"),
    ("CA White English",                      "CA",   "declared",      "White"),
    ("CD - White Cornish",                    "CD",   "declared",      "White"),
    ("S Any Other Ethnic Group",              "S",    "declared",      "BME"),
    ("SC Filipino",                           "SC",   "declared",      "BME"),
    ("H Indian",                              "H",    "declared",      "BME"),
    ("Z Not Stated",                          "Z",    "declined",      "Unknown"),
    ("99 Not known",                          "99",   "not_recorded",  "Unknown"),
    ("A Chinese",                             None,   "unmapped",      "Unknown"),
    ("A lot of things",                       None,   "unmapped",      "Unknown"),
    # labels of the data dictionary, ESR, TRAC, NHS Jobs, TIS, UK Core and the census
    ("White - British",                       "A",    "declared",      "White"),
    ("WHITE – British",                       "A",    "declared",      "White"),
    ("MIXED - White & Black Caribbean",       "D",    "declared",      "BME"),
    ("Mixed White and Black Caribbean",       "D",    "declared",      "BME"),
    ("ASIAN or ASIAN BRITISH - Indian",       "H",    "declared",      "BME"),
    ("OTHER ETHNIC GROUP - Chinese",          "R",    "declared",      "BME"),
    ("Asian or Asian British: Chinese",       "R",    "declared",      "BME"),
    ("Chinese",                               "R",    "declared",      "BME"),
    ("Filipino",                              "SC",   "declared",      "BME"),
    ("Arab",                                  "S",    "declared",      "BME"),
    ("White: Gypsy or Irish Traveller",       "T",    "declared",      "White"),
    ("White: Roma",                           "C",    "declared",      "White"),
    ("Any other ethnic group",                "S",    "declared",      "BME"),
    # asked, and would not say
    ("Not stated",                            "Z",    "declined",      "Unknown"),
    ("Prefer not to say",                     "Z",    "declined",      "Unknown"),
    ("I do not wish to disclose my ethnic origin", "Z", "declined",    "Unknown"),
    ("Undisclosed",                           "Z",    "declined",      "Unknown"),
    ("Not disclosed",                         "Z",    "declined",      "Unknown"),
    ("Declined",                              "Z",    "declined",      "Unknown"),
    # never collected
    (None,                                    None,   "not_recorded",  "Unknown"),
    ("",                                      None,   "not_recorded",  "Unknown"),
    ("  ",                                    None,   "not_recorded",  "Unknown"),
    ("-",                                     None,   "not_recorded",  "Unknown"),
    ("NULL",                                  None,   "not_recorded",  "Unknown"),
    ("Unspecified",                           None,   "not_recorded",  "Unknown"),
    ("Not Known",                             "99",   "not_recorded",  "Unknown"),
    ("Not Set",                               None,   "not_recorded",  "Unknown"),
    ("Not Collected At This Time",            None,   "not_recorded",  "Unknown"),
    # free text is never cut, and half a label is no label
    ("Asian",                                 None,   "unmapped",      "Unknown"),
    ("Mixed",                                 None,   "unmapped",      "Unknown"),
    ("Scottish",                              None,   "unmapped",      "Unknown"),
    ("Person of the world",                   None,   "unmapped",      "Unknown"),
    # the 1991 list
    ("0",                                     "0",    "declared",      "White"),
    ("0 White",                               "0",    "declared",      "White"),
    ("1",                                     "1",    "declared",      "BME"),
    ("8 Any other ethnic group",              "8",    "declared",      "BME"),
    ("9",                                     "9",    "not_recorded",  "Unknown"),
    # a WRES group named instead of a category
    ("White",                                 None,   "declared",      "White"),
    ("BME",                                   None,   "declared",      "BME"),
]
# fmt: on


@pytest.mark.parametrize(("text", "code", "state", "group"), TABLE)
def test_what_was_written_has_a_state_and_a_group(
    text: str | None, code: str | None, state: str, group: str
) -> None:
    found = ethnicity.resolve(text)
    assert (found.code, found.state, found.group) == (code, state, group)
