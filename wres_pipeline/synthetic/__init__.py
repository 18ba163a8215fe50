"""Organisations of any size with known truth and known faults; everybody in them is invented."""

from wres_pipeline.synthetic.organisation import Organisation, generate_organisation
from wres_pipeline.synthetic.sample import PRESETS, write_sample
from wres_pipeline.synthetic.spec import OrganisationSpec

__all__ = ["PRESETS", "Organisation", "OrganisationSpec", "generate_organisation", "write_sample"]
