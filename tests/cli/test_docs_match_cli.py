"""docs/cli.md documents every command and every option, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from sayso.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """Return what stands under each heading of the second level."""
    parts = re.split(r"^## (.+)\n", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands() -> dict[str, set[str]]:
    """Return the options of the program and of each command, by the heading they belong under."""
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="sayso", **group.context_settings)
    found = {"sayso": group}
    found |= {f"sayso {name}": command for name, command in getattr(group, "commands", {}).items()}
    return {
        heading: {name for param in command.get_params(context) for name in param.opts if name.startswith("-")}
        for heading, command in found.items()
    }


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert set(sections()) == set(commands())
    assert "sayso read" in commands()


def test_every_option_is_documented_where_it_belongs_and_no_other() -> None:
    for heading, options in commands().items():
        rows = re.findall(r"^\| (`-.*?) \|", sections()[heading], flags=re.MULTILINE)
        documented = {option for row in rows for option in re.findall(r"`(--?[\w-]+)", row)}
        assert documented == options, heading
