"""Small numbers: what may be published of a run's figures, and the proof that no withheld count can be worked
out.

One step, upstream of every public output: `protect` takes true figures and gives those that may be printed.
"""

from wres_pipeline.disclosure.proof.audit import Audit, Breach, audit
from wres_pipeline.disclosure.proof.cell_constraints import InconsistentFigures
from wres_pipeline.disclosure.protect import Protected, Withholding, protect
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable, declaration_table

__all__ = [
    "Audit",
    "Breach",
    "CountTable",
    "InconsistentFigures",
    "Policy",
    "Protected",
    "ProtectedTable",
    "Withholding",
    "audit",
    "declaration_table",
    "protect",
]
