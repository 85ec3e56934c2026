"""Compiles the gazetteer before the package is built or installed.

The code lies in the package itself; the package is not installed yet, and neither is what the rest of it needs, so
only the folder is made known under its name and its ``__init__`` is not run.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileGazetteer(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]  # hatchling may be absent
    """Makes ``gazetteer.sqlite`` beside the code that reads it, unless it is there and current."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile the file for a wheel or an editable install; a source archive carries none."""
        if self.target_name != "wheel":
            return
        package = Path(self.root) / "src" / "sayso"
        for name, folder in (("sayso", package), ("sayso.claim", package / "claim")):
            bare = ModuleType(name)
            bare.__path__ = [str(folder)]
            sys.modules[name] = bare
        sources = import_module("sayso.claim.gazetteer_sources")
        target = package / "claim" / "gazetteer.sqlite"
        if not sources.is_current(target):
            sources.compile_gazetteer(target)
