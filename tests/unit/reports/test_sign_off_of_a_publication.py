"""A publication is a draft until a body has approved exactly this content, and a change afterwards shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.context import ReturnContext, SignOff
from wres_pipeline.reports.release import sign_off

FIGURE = Figure("X01", 2021, "1", "headcount", value=310, shown="310")
CONTEXT = ReturnContext("X01", "Invented", years.load(2021), "public", date(2021, 3, 31))


def test_a_publication_nobody_signed_is_a_draft(tmp_path: Path) -> None:
    assert sign_off.status(tmp_path, "abc").status == "draft"


def test_a_signed_publication_says_by_whom_and_when(tmp_path: Path) -> None:
    content = sign_off.content_hash([FIGURE], CONTEXT)
    sign_off.record(
        tmp_path, body="Governing Body", role="Chief Nurse", signed_on=date(2021, 9, 7), content=content
    )
    found = sign_off.status(tmp_path, content)
    assert (found.status, found.body, found.role, found.signed_on) == (
        "signed off",
        "Governing Body",
        "Chief Nurse",
        date(2021, 9, 7),
    )


@pytest.mark.parametrize(
    "changed",
    [
        ([replace(FIGURE, value=311, shown="311")], CONTEXT, ()),
        ([FIGURE], replace(CONTEXT, board_lead="Chair"), ()),
        ([FIGURE], CONTEXT, (b"a note",)),
    ],
    ids=["a figure", "the context", "a note"],
)
def test_a_change_after_sign_off_shows(tmp_path: Path, changed: tuple[object, ...]) -> None:
    content = sign_off.content_hash([FIGURE], CONTEXT)
    sign_off.record(tmp_path, body="Board", role="Chair", signed_on=date(2021, 9, 7), content=content)
    assert sign_off.status(tmp_path, sign_off.content_hash(*changed)).status == "changed after sign-off"  # type: ignore[arg-type]


def test_the_mark_itself_does_not_change_the_content() -> None:
    signed = replace(CONTEXT, sign_off=SignOff("signed off", "Board", "Chair", date(2021, 9, 7), "x"))
    assert sign_off.content_hash([FIGURE], CONTEXT) == sign_off.content_hash([FIGURE], signed)


def test_a_sign_off_without_a_body_is_refused(tmp_path: Path) -> None:
    with pytest.raises(sign_off.SignOffError, match="body"):
        sign_off.record(tmp_path, body=" ", role="Chair", signed_on=date(2021, 9, 7), content="x")


def test_a_sign_off_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "sign-off.json").write_text("{", encoding="utf-8")
    with pytest.raises(sign_off.SignOffError, match="sign-off.json"):
        sign_off.status(tmp_path, "x")
