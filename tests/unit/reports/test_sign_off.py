"""A publication is a draft until a body signs it off, and what changes afterwards shows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline.reports import annual_return, figures_csv, reporting_template, site
from wres_pipeline.reports.context import SignOff
from wres_pipeline.reports.sign_off import NAME, SignOffRefused, sign_off, status

SIGNED = date(2021, 9, 30)


def _publish(folder: Path, approval: SignOff, seed: int = 1) -> None:
    figures = invented_figures(seed, staff=300)
    context = replace(invented_context("public"), sign_off=approval)
    site.write(figures, context, folder)
    figures_csv.write(figures, context, folder)
    annual_return.write_workbook(figures, context, folder / "annual-return.xlsx")
    reporting_template.write_docx(figures, context, folder / "reporting-template.docx")


def _page(folder: Path, text: str = "<p>Draft: not yet signed off.</p><p>BME staff 12.4%</p>") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "figures.csv").write_text("a,b\n1,2\n", encoding="utf-8")


def test_a_publication_is_a_draft_until_it_is_signed_off(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    _page(folder)
    assert status(folder).status == "draft"
    sign_off(folder, "Governing Body", "Chair", SIGNED)
    found = status(folder)
    assert (found.status, found.body, found.role, found.signed_on) == (
        "signed off",
        "Governing Body",
        "Chair",
        SIGNED,
    )


def test_the_banner_and_the_names_of_who_signed_are_no_part_of_the_content(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    _publish(folder, SignOff())
    made = sign_off(folder, "Trust Board", "Chair", SIGNED)
    _publish(folder, made)
    assert status(folder).status == "signed off"
    assert "Signed off by" in (folder / "index.html").read_text(encoding="utf-8")


def test_other_figures_after_sign_off_show_and_stay_shown(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    _publish(folder, SignOff())
    made = sign_off(folder, "Trust Board", "Chair", SIGNED)
    _publish(folder, made, seed=2)
    assert status(folder).status == "changed after sign-off"
    _publish(folder, status(folder), seed=2)
    assert status(folder).status == "changed after sign-off"
    _publish(folder, made)
    assert status(folder).status == "signed off"


@pytest.mark.parametrize("change", ["number", "csv", "new file", "link", "file gone"])
def test_every_kind_of_change_shows(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "public"
    _page(folder, '<p><a href="plan.html">Plan</a> BME staff 12.4%</p>')
    sign_off(folder, "Board", "Chair", SIGNED)
    if change == "number":
        _page(folder, '<p><a href="plan.html">Plan</a> BME staff 12.5%</p>')
    elif change == "link":
        _page(folder, '<p><a href="other.html">Plan</a> BME staff 12.4%</p>')
    elif change == "csv":
        (folder / "figures.csv").write_text("a,b\n1,3\n", encoding="utf-8")
    elif change == "new file":
        (folder / "more.html").write_text("<p>more</p>", encoding="utf-8")
    else:
        (folder / "figures.csv").unlink()
    assert status(folder).status == "changed after sign-off"


def test_signing_again_keeps_the_earlier_record(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    _page(folder)
    sign_off(folder, "Committee", "Chair", SIGNED)
    _page(folder, "<p>BME staff 12.6%</p>")
    sign_off(folder, "Governing Body", "Accountable officer", date(2021, 10, 14))
    record = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert [each["body"] for each in record["earlier"]] == ["Committee"]
    assert status(folder).status == "signed off"


@pytest.mark.parametrize(("body", "role"), [("", "Chair"), ("Board", "  ")])
def test_a_sign_off_by_nobody_is_refused(tmp_path: Path, body: str, role: str) -> None:
    _page(tmp_path / "public")
    with pytest.raises(SignOffRefused):
        sign_off(tmp_path / "public", body, role, SIGNED)


def test_a_folder_without_a_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SignOffRefused):
        sign_off(tmp_path / "public", "Board", "Chair", SIGNED)


def test_a_damaged_record_counts_as_none(tmp_path: Path) -> None:
    _page(tmp_path / "public")
    (tmp_path / NAME).write_text("{", encoding="utf-8")
    assert status(tmp_path / "public").status == "draft"
