"""Comments to providers are read whole, or every fault is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.commissioner.comments import load, parse
from wres_pipeline.reference.written_file import WrittenFileError

GOOD = "comments:\n  - {provider: xtr, year: 2021, sent: 2021-11-12, to: a role, text: 'Why?'}\n"


def test_a_comment_is_read_as_written() -> None:
    (one,) = parse(GOOD, "c.yaml")
    assert (one.provider_code, one.year, one.sent, one.replied) == ("XTR", 2021, date(2021, 11, 12), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a", "must have the field comments"),
        ("comments:\n  - 7", "comment number 1: must have the fields"),
        (GOOD.replace("2021-11-12", "soon"), "comment number 1, sent: 'soon' is not a date"),
        (GOOD.replace("year: 2021", "year: next"), "year: 'next' is not a reporting year"),
        (GOOD.replace("text: 'Why?'", "text: 'Why?', reply: 'So'"), "a reply needs its date"),
        (
            GOOD.replace("text: 'Why?'", "text: 'Why?', reply: 'So', replied: 2021-01-01"),
            "before the comment was sent",
        ),
        (GOOD.replace("to: a role", "too: a role"), "too: no such field"),
    ],
)
def test_what_is_wrong_is_named(text: str, words: str) -> None:
    with pytest.raises(WrittenFileError) as caught:
        parse(text, "c.yaml")
    assert words in "\n".join(caught.value.problems)


def test_no_file_is_no_comment(tmp_path: Path) -> None:
    assert load(tmp_path / "none.yaml") == ()


def test_the_samples_comments_can_be_read() -> None:
    found = load(Path(__file__).parents[3] / "data" / "sample" / "X01" / "provider_comments.yaml")
    assert len(found) == 4
    assert sum(one.open_on(date(2021, 11, 20)) for one in found) == 2


def test_a_comment_is_open_from_its_sending_to_the_day_before_its_reply() -> None:
    text = GOOD.replace("text: 'Why?'", "text: 'Why?', reply: 'So', replied: 2021-11-20")
    (one,) = parse(text, "c.yaml")
    days = [date(2021, 11, day) for day in (11, 12, 19, 20)]
    assert [one.open_on(day) for day in days] == [False, True, True, False]
