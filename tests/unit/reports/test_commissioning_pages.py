"""The commissioner's pages and the Word review: what they print is what the desk says, the same
every time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docxtpl import DocxTemplate

from tests.unit.reports.invented_desk import AS_AT, CONTEXT, FIGURES, INPUTS, PLAN
from tests.unit.reports.marks_of_charts import misplaced
from wres_pipeline.action_plan.progress import progress
from wres_pipeline.commissioner import dashboard
from wres_pipeline.commissioner.history import OwnResult
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports.commissioner import (
    commissioner_pages,
    commissioner_views,
    provider_review,
    withdrawn_pages,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk")
    made = dashboard.internal(INPUTS, FIGURES)
    plan = progress(PLAN, {2021: FIGURES}, 2021, AS_AT)
    commissioner_pages.write(
        made, plan, CONTEXT, place, navigation=(BreadcrumbItem("Overview", "index.html"),)
    )
    return place


def text_of(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")).split())


def test_every_page_of_the_navigation_is_there_and_no_other(folder: Path) -> None:
    named = {crumb.href for crumb in commissioner_pages.pages(reviews=True, plan=True)}
    assert {path.name for path in folder.glob("*.html")} == named | {"provider-xtr.html"}


def test_every_page_says_that_the_people_are_invented_and_links_to_all_the_others(folder: Path) -> None:
    for path in folder.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "The people in this report are invented." in html
        for name in ("index.html", "providers.html", "benchmark.html", "population.html", "action-plan.html"):
            assert f'href="{name}"' in html


def test_the_log_page_shows_gap_finding_and_open_comment(folder: Path) -> None:
    words = text_of(folder / "providers.html")
    assert "10.0 points" in words
    assert "A relative likelihood of 17.16 reads like a percentage" in words
    assert "Why &lt;so&gt;?" in words


def test_the_review_page_names_what_stands_out(folder: Path) -> None:
    words = text_of(folder / "provider-xtr.html")
    assert "higher among BME staff (16.0%) than among White staff (6.0%)" in words
    assert "no reply yet" in words


def test_the_benchmark_page_gives_the_rank_and_a_chart(folder: Path) -> None:
    words = text_of(folder / "benchmark.html")
    assert "13 of 13" in words
    assert (folder / "charts-commissioning" / "funnel-body-x01-harassment-public.svg").is_file()


def test_every_value_of_a_chart_lies_on_its_mark(folder: Path) -> None:
    seen, wrong = misplaced(folder)
    assert seen == 5  # four funnels of one body and a series
    assert not wrong


def test_the_history_page_shows_what_was_printed_and_the_break(folder: Path) -> None:
    words = text_of(folder / "survey-history.html")
    assert "Printed as 85% who did not." in words
    assert "Break: Up to 2019 the numbers come from the organisation&#39;s own publication" in words


def test_the_population_page_gives_the_posts_for_parity(folder: Path) -> None:
    """18,175 of 570,305 are 3.19%; of 310 that is 9.9, so 10 are needed and 12 are there."""
    words = text_of(folder / "population.html")
    assert "3.2%" in words
    assert "it takes 10; there are 12." in words


def test_the_plan_page_gives_status_and_movement(folder: Path) -> None:
    words = text_of(folder / "action-plan.html")
    assert "due Due on 20 December 2021." in words
    assert "cannot be told" in words


def test_the_same_desk_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    plan = progress(PLAN, {2021: FIGURES}, 2021, AS_AT)
    again = commissioner_pages.write(
        made, plan, CONTEXT, tmp_path, navigation=(BreadcrumbItem("Overview", "index.html"),)
    )
    for path in again:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_a_provider_that_is_gone_leaves_no_page_behind(tmp_path: Path) -> None:
    commissioner_pages.write(dashboard.internal(INPUTS, FIGURES), None, CONTEXT, tmp_path)
    commissioner_pages.write(
        dashboard.internal(replace(INPUTS, log_rows=()), FIGURES), None, CONTEXT, tmp_path
    )
    assert not list(tmp_path.glob("provider*"))


def test_the_word_review_holds_the_same_sentences_and_space_for_comments(folder: Path) -> None:

    document = docx.Document(str(folder / "provider-review-xtr-2021.docx"))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "higher among BME staff (16.0%) than among White staff (6.0%)" in words
    assert "Why <so>?" in words
    assert "No reply yet." in words
    assert "Comments to the provider" in words
    assert "10.0 points" in cells
    assert "{{" not in words + cells
    assert document.core_properties.title == "WRES review 2021: The Trust"


def test_the_review_template_asks_for_every_field_that_is_given_and_for_no_other() -> None:
    review = dashboard.internal(INPUTS, FIGURES).reviews[0]
    asked = DocxTemplate(str(provider_review.TEMPLATE)).get_undeclared_template_variables()
    assert asked == set(provider_review.fields(review, CONTEXT))


def test_a_review_without_anything_says_so_everywhere(tmp_path: Path) -> None:
    made = dashboard.internal(dashboard.DeskInputs("X01", 2021, AS_AT, providers=["XAM"]), [])
    fields = provider_review.fields(made.reviews[0], CONTEXT)
    assert fields["status"] == "late"
    assert fields["no_comments"] == "No comment on this return has been recorded."
    paths = commissioner_pages.write(made, None, CONTEXT, tmp_path)
    assert "were not supplied" in text_of(tmp_path / "benchmark.html")
    assert "No staff-survey results have been supplied." in text_of(tmp_path / "survey-history.html")
    assert "None of its indicators of 2021 has been logged." in text_of(tmp_path / "provider-xam.html")
    assert all(path.is_file() for path in paths)


def test_where_the_pages_are_not_safe_none_of_an_earlier_run_stays_and_every_link_says_so(
    tmp_path: Path,
) -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    plan = progress(PLAN, {2021: FIGURES}, 2021, AS_AT)
    public = replace(CONTEXT, edition="public")
    commissioner_pages.write(made, plan, public, tmp_path)
    named = commissioner_pages.pages(reviews=True, plan=True)
    withdrawn_pages.withdraw(named, public, tmp_path)
    left = {path.name for path in tmp_path.rglob("*") if path.suffix in (".html", ".docx", ".svg")}
    assert left == {one.href for one in named}
    for one in named:
        assert "This part of the publication is not published." in text_of(tmp_path / one.href)


def test_a_plan_that_is_gone_leaves_no_page_behind(tmp_path: Path) -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    commissioner_pages.write(made, progress(PLAN, {2021: FIGURES}, 2021, AS_AT), CONTEXT, tmp_path)
    commissioner_pages.write(made, None, CONTEXT, tmp_path)
    assert not (tmp_path / "action-plan.html").exists()


def test_the_rank_and_the_ranks_it_could_be_stand_in_columns_of_their_own() -> None:
    """14.0% of 200 is the highest of 13 bodies at 8 to 12%: rank 13; its interval reaches below most of them."""
    made = dashboard.internal(INPUTS, FIGURES)
    own = commissioner_views.own_results(made, "X01")
    assert own is not None
    assert own.rows == (
        (
            "Harassment, bullying or abuse from patients, relatives or the public",
            "14.0%",
            "9.9% to 19.5%",
            "200",
        ),
    )
    first = commissioner_views.benchmark_tables(made, "X01")[0]
    assert first.head[1:3] == ("Rank", "Could be")
    assert first.rows[0][1:3] == ("13 of 13", "7 to 13")


def test_sources_are_counted_once_each_and_named_below_with_their_address() -> None:
    one, other = "A report: https://example.org/a", "A letter"
    numbers, sources = commissioner_views.numbered([one, other, one, ""])
    assert numbers == ("[1]", "[2]", "[1]", "")
    assert sources == (("A report", "https://example.org/a"), ("A letter", ""))


def test_a_group_suppressed_in_every_survey_is_a_sentence_and_no_table(tmp_path: Path) -> None:
    own = [
        OwnResult(
            "X01",
            year,
            "Q13a",
            group,
            None if group == "BME" else 15.0,
            5 if group == "BME" else 200,
            "experienced",
        )
        for year in (2018, 2019, 2020)
        for group in ("", "White", "BME")
    ]
    inputs = replace(INPUTS, own_survey=own, development=None, funnel=None)
    made, _, _ = dashboard.public(inputs, FIGURES, FIGURES, Policy())
    commissioner_pages.write(made, None, CONTEXT, tmp_path / "public")
    words = text_of(tmp_path / "public" / "survey-history.html")
    assert "BME staff: suppressed at source (fewer than 11 responses) in every survey, 2018 to 2020." in words
    assert "All staff: withheld in every survey, 2018 to 2020: with the group that is shown" in words
    assert "public: White staff" in words
    assert "public: BME staff" not in words and "public: all staff" not in words
    internal = dashboard.internal(inputs, FIGURES)
    commissioner_pages.write(internal, None, CONTEXT, tmp_path / "internal")
    assert "public: all staff" in text_of(tmp_path / "internal" / "survey-history.html")
