"""Rewrite the parts of README.md and docs/commands.md that the code knows better. `--check` only says what differs.

Usage: .venv/bin/python docs/update.py [--check]
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def formats() -> str:
    from cctbx.formats.registry import FORMATS

    yes = {True: "yes", False: "–"}
    return table(
        ("format", "what it is", "file names", "read", "write"),
        (
            (f"`{each.name}`", each.title, " ".join(f"`{name}`" for name in each.extensions),
             yes[each.read is not None], yes[each.write is not None])
            for each in FORMATS
        ),
    )  # fmt: skip


def profiles() -> str:
    from cctbx.profiles import PROFILES

    return table(
        ("profile", "for", "verified", "keeps in mind"),
        ((f"`{each.name}`", each.title, each.verified, each.rules_told) for each in PROFILES),
    )


def commands() -> str:
    from cctbx.cli import COMMANDS

    return table(("command", "what it does"), ((f"`cctbx {name}`", first_line(name)) for name in COMMANDS))


def codes() -> str:
    from cctbx.findings.codes import CODES

    return table(("code", "severity", "what it means"), ((each.code, each.severity, each.title) for each in CODES))


def first_line(name: str) -> str:
    return " ".join(help_of(name).split("\n\n")[1].split())


def help_of(name: str) -> str:
    command = [sys.executable, "-m", "cctbx", *name.split(), "--help"]
    environment = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "PATH": "", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return re.sub(r"[ \t]+$", "", done.stdout, flags=re.MULTILINE).strip()


def subcommands(name: str) -> list[str]:
    module = importlib.import_module(f"cctbx.cli.{name.replace('-', '_')}")
    group = getattr(module, "app", None)
    return [f"{name} {each.name or each.callback.__name__}" for each in group.registered_commands] if group else []


def manual() -> str:
    from cctbx.cli import COMMANDS

    names = [each for name in COMMANDS for each in (name, *subcommands(name))]
    return "\n\n".join(f"## {name}\n\n```\n{help_of(name)}\n```" for name in names)


SECTIONS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"formats": formats, "profiles": profiles, "commands": commands},
    "docs/commands.md": {"manual": manual},
    "docs/codes.md": {"codes": codes},
}
"""File → name of the section between `<!-- name -->` and `<!-- /name -->` → what stands in it."""


def updated(text: str, sections: dict[str, Callable[[], str]]) -> str:
    for name, make in sections.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"no section {name}")
        made = make()
        text = pattern.sub(lambda found, made=made: f"{found[1]}\n{made}\n\n{found[2]}", text)
    return text


def main() -> int:
    stale = []
    for file, sections in SECTIONS.items():
        place = ROOT / file
        before = place.read_text(encoding="utf-8")
        after = updated(before, sections)
        if before != after:
            stale.append(file)
            if "--check" not in sys.argv:
                place.write_text(after, encoding="utf-8")
    print("\n".join(stale) or "up to date")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
