"""Compiles the gazetteer before the package is built or installed.

The code lies in the package itself and is loaded by its path, because the package is not installed yet.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from types import ModuleType

ROOM = Path("src/sayso/claim")


class CompileGazetteer(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]  # hatchling may be absent
    """Makes ``gazetteer.sqlite`` beside the code that reads it, unless it is there and current."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile the file for a wheel or an editable install; a source archive carries none."""
        if self.target_name != "wheel":
            return
        room = Path(self.root) / ROOM
        gazetteer = _load(room / "gazetteer.py")
        target = room / "gazetteer.sqlite"
        if not gazetteer.is_current(target):
            gazetteer.compile_gazetteer(target)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("sayso_gazetteer", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
