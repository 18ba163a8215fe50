"""Which applicant is which member of staff: strict passes in SQL, then Splink with a kept model on what
they leave.
"""

from wres_pipeline.linkage.linking import link

__all__ = ["link"]
