"""Every stored table, once: its columns with their meaning, how its rows are kept and read, and how an older warehouse
is brought up to it."""

from wres_pipeline.schema.named_rows import NamedRow, named_rows
from wres_pipeline.schema.records import from_text, record, to_text, values
from wres_pipeline.schema.storage import append, read, replace
from wres_pipeline.schema.table import Column, SchemaError, Table, stored_tables, table, views
from wres_pipeline.schema.version import NewerWarehouseError, add_to, bring_up, newest_version, version_of

__all__ = [
    "Column",
    "NamedRow",
    "NewerWarehouseError",
    "SchemaError",
    "Table",
    "add_to",
    "append",
    "bring_up",
    "from_text",
    "named_rows",
    "newest_version",
    "version_of",
    "read",
    "record",
    "replace",
    "stored_tables",
    "table",
    "to_text",
    "values",
    "views",
]
