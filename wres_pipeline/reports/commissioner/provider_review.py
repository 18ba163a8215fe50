"""The review of a provider as a Word file, filled from the same review the page prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wres_pipeline.commissioner.review import ProviderReview
from wres_pipeline.render import word_file
from wres_pipeline.render.page import day
from wres_pipeline.reports.commissioner.commissioner_views import in_points
from wres_pipeline.reports.context import ReturnContext

TEMPLATE = Path(__file__).parents[1] / "templates" / "commissioner" / "provider-review.docx"
NOTHING = (
    "Of what could be compared, nothing is further from equal, from its own past or from its peers than chance "
    "explains."
)
NOTHING_UNTOLD = "Every comparison of this review could be made."
JOINT = (
    "Verdicts take all comparisons of this review together: of twenty providers with nothing the matter, at most one "
    "review names something."
)


def write_docx(review: ProviderReview, context: ReturnContext, path: Path) -> Path:
    """Write the review to `path`, replaced whole, and give the path. Same review, same bytes."""
    title = f"WRES review {review.year}: {review.provider.name}"
    return word_file.fill(TEMPLATE, fields(review, context), context, title, path)


def line_rows(review: ProviderReview) -> list[tuple[str, ...]]:
    """The indicators as rows of text: name, White, BME, all or ratio, gap, verdict, change, national."""
    return [
        (
            f"{one.indicator}: {one.title}",
            one.white,
            one.bme,
            one.everyone,
            in_points(one.gap),
            one.verdict,
            in_points(one.change),
            one.national,
        )
        for one in review.lines
    ]


def fields(review: ProviderReview, context: ReturnContext) -> dict[str, Any]:
    """The value of every field of the template."""
    return {
        "provider": f"{review.provider.name} ({review.provider.code})",
        "year": str(review.year),
        "reviewer": f"{context.organisation_name} ({context.organisation_code})",
        "date": day(review.dated),
        "status": review.status,
        "sources": "; ".join(review.sources) or "None: nothing was published, or nothing logged.",
        "markings": context.markings,
        "stands_out": list(review.stands_out) or [NOTHING],
        "questions": list(review.questions),
        "lines": [row[:-1] for row in line_rows(review)],
        "joint": JOINT,
        "peers": list(review.peers),
        "peers_words": (
            f"National staff-survey results of autumn {review.year - 1}, all staff."
            if review.peers
            else "The national staff-survey results of the year do not hold this provider."
        ),
        "cannot_be_told": list(review.cannot_be_told) or [NOTHING_UNTOLD],
        "comments": [
            {
                "heading": f"Sent on {day(one.sent)} to the {one.to}",
                "text": one.text,
                "reply": "No reply yet."
                if one.open_on(review.dated)
                else f"Reply of {day(one.replied)}: {one.reply}",
            }
            for one in review.comments
        ],
        "no_comments": ""
        if review.comments or not context.internal
        else "No comment on this return has been recorded.",
    }
