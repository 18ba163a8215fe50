"""What draws a return's charts, workbooks and PDF, imported ahead of its use.

The libraries take seconds to import; the second process of a command does it while the first works out the figures.
"""

from __future__ import annotations

from wres_pipeline.render import page
from wres_pipeline.reports.site import pdf


def prepare() -> None:
    """Import what draws, where it is not yet (see `beside`)."""
    import gptables  # noqa: F401
    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401
    from afcharts import af_colours  # noqa: F401

    pdf.missing()
    page.environment()
