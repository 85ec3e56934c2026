"""What makes the program start fast: one command alone is made ready, and pydantic loaded for few values."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer
    from typer.models import CommandInfo


def keep(app: typer.Typer, first: Sequence[str]) -> None:
    """Take all commands but the one that is asked for out of the program, where it is one of its own.

    Preparing all forty takes fifteen times as long. Where something else is asked for, such as help, or an option
    comes first, all stay.

    Args:
        app: The program.
        first: The first of the words behind its name, or none.
    """
    asked = [one for one in app.registered_commands if _name(one) in first]
    if asked:
        asked[0].cls, app.info.cls = _Command, _Group
        app.registered_commands[:] = asked
        app.registered_groups.clear()


def _name(command: CommandInfo) -> str:
    return command.name or get_command_name(command.callback.__name__ if command.callback else "")


class _Command(TyperCommand):
    """A command that takes plain values as they are, for which typer would load all of pydantic."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - typer does not say the type
        """Return its options and arguments, the option for help among them."""
        return _plainly(super().get_params(ctx))


class _Group(TyperGroup):
    """The program itself, which takes its own options likewise."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - typer does not say the type
        """Return its options, the option for help among them."""
        return _plainly(super().get_params(ctx))


def _plainly(params: list[Any]) -> list[Any]:
    for param in params:
        # Where another typer has no such attribute, it takes its own way, which differs in nothing but time.
        if getattr(param, "_runtime_param", ...) is None:
            param._runtime_param = _Plain(param.type_descriptor.annotation)  # noqa: SLF001 - there is no other way
    return params


class _Plain:
    """Values that are what their parameter says already; all others are left to typer, which tells what is wrong."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - an annotation
        self._kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - typer does not say the types
        """Return a value as the command takes it; `typer._coercion.RuntimeParam.coerce` is what this stands in for."""
        if param.multiple or param.nargs != 1:
            if value is None:
                return ()
            if (
                self._kind == list[str]
                and isinstance(value, list | tuple)
                and all(isinstance(one, str) for one in value)
            ):
                return list(value)
        elif value is None or type(value) is self._kind:
            return value
        elif isinstance(self._kind, type) and issubclass(self._kind, Enum):
            for one in self._kind:
                if one.value == value:
                    return one
        from typer._coercion import build_runtime_param

        return build_runtime_param(param.type_descriptor).coerce(value, param=param, ctx=ctx)
