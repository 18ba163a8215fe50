"""A letter to a provider about its return, from a Word template that the commissioner may replace by its own.

It is correspondence: it goes into a folder beside the edition with true counts, and into no publication.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from wres_pipeline.commissioner.own_returns import Difference
from wres_pipeline.commissioner.review import ProviderReview
from wres_pipeline.reference import spreadsheets
from wres_pipeline.render import word_file
from wres_pipeline.render.page import day
from wres_pipeline.render.text import true_minus
from wres_pipeline.reports.commissioner import provider_review
from wres_pipeline.reports.context import ReturnContext

TEMPLATE = Path(__file__).parents[1] / "templates" / "commissioner" / "provider-letter.docx"
FOLDER = "letters"
NOBODY = "Chief Executive"
"""The role a letter goes to where none was written to before. [ours]"""


class TemplateError(ValueError):
    """A template of the commissioner's own that cannot be filled; says why."""


def write_docx(
    review: ProviderReview,
    differences: Sequence[Difference],
    context: ReturnContext,
    by: date,
    path: Path,
    template: Path = TEMPLATE,
) -> Path:
    """Write the letter to `path`, replaced whole, and give the path. by: the day an answer is asked for.

    Raises TemplateError for a template that is none, or asks for a field there is not.
    """
    title = f"WRES {review.year}: letter to {review.provider.name}"
    if template == TEMPLATE:
        return word_file.fill(TEMPLATE, fields(review, differences, context, by), context, title, path)
    _look_at(template)
    try:
        return word_file.fill(template, fields(review, differences, context, by), context, title, path)
    except OSError:
        raise
    except Exception as error:  # whatever a template of somebody's own makes Word's reader or the filler do
        raise TemplateError(f"{template.name}: it cannot be filled: {type(error).__name__}") from None


def _look_at(template: Path) -> None:
    from docxtpl import DocxTemplate

    try:
        content = io.BytesIO(template.read_bytes())
        spreadsheets.refuse_others(content, template.name)
        asked = DocxTemplate(content).get_undeclared_template_variables()
    except spreadsheets.NotSmallError as error:
        raise TemplateError(str(error)) from None
    except Exception:  # not a Word file, or no template in it
        raise TemplateError(f"{template.name}: it cannot be read as a Word template (.docx)") from None
    if unknown := sorted(asked - set(FIELDS)):
        raise TemplateError(
            f"{template.name}: no such field: {', '.join(unknown)}; there are {', '.join(sorted(FIELDS))}"
        )


def fields(
    review: ProviderReview, differences: Sequence[Difference], context: ReturnContext, by: date
) -> dict[str, Any]:
    """The value of every field of the template."""
    waiting = review.open_comments
    sent = [one for one in review.comments if one.sent <= review.dated]
    return {
        "provider": review.provider.name,
        "provider_code": review.provider.code,
        "to": sent[-1].to if sent else NOBODY,
        "year": str(review.year),
        "commissioner": context.organisation_name,
        "sender": context.board_lead or context.author or context.organisation_name,
        "contact": context.contact,
        "date": day(context.dated),
        "by": day(by),
        "status": review.status,
        "found": list(review.stands_out) or [provider_review.NOTHING],
        "asked": list(review.questions),
        "waiting": [f"On {day(one.sent)} we wrote to the {one.to}: {one.text}" for one in waiting],
        "differences": [
            (f"Indicator {one.indicator}, {one.group}", one.published, one.own) for one in differences
        ],
        "lines": [tuple(map(true_minus, row[:-1])) for row in provider_review.line_rows(review)],
        "cannot_be_told": list(review.cannot_be_told),
        "sources": "; ".join(review.sources),
    }


FIELDS = (
    "provider", "provider_code", "to", "year", "commissioner", "sender", "contact", "date", "by", "status", "found", "asked",
    "waiting", "differences", "lines", "cannot_be_told", "sources",
)  # fmt: skip
"""What a template may ask for."""
