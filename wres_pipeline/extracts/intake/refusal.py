"""A file that cannot be taken at all: said once, in words its sender can act on."""

from __future__ import annotations

from wres_pipeline.extracts.naming.shown_names import shown_name


class RefusedFile(ValueError):  # noqa: N818 - the name the whole project uses for it
    """The file `name` is not loaded, not even in part.

    name: as a message may have it (`shown_names`), whatever name is given.
    reason: what is wrong, without any person's data. remedy: what its sender can do. Raised before anything
    of the file stands in the warehouse, or inside the transaction that is then rolled back.
    """

    def __init__(self, name: str, reason: str, remedy: str = "") -> None:
        name = shown_name(name)
        self.name, self.reason, self.remedy = name, reason, remedy
        super().__init__(f"{name}: {reason}" + (f" {remedy}" if remedy else ""))
