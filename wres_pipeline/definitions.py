"""What Dagster loads: the definitions of the pipeline, with the settings file of this installation, and nothing else.

A team's own code location merges them with its own assets: `dg.Definitions.merge(wres_pipeline.definitions.defs, mine)`.
"""

from wres_pipeline import settings as settings_module
from wres_pipeline.governance import rights
from wres_pipeline.orchestration import home
from wres_pipeline.orchestration.assembly import build_definitions

rights.keep_to_the_owner()  # the web UI and its daemon load this module first
home.refuse_without_settings()
defs = build_definitions(settings_module.load(must_be_there=True))
