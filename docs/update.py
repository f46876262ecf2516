"""Rewrite the parts of README.md and docs/ that the code knows better, examples included. `--check` says what differs.

Usage: .venv/bin/python docs/update.py [--check]
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
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


def output_of(*arguments: str, fine: tuple[int, ...] = (0,)) -> str:
    """What a command prints when it is called in the folder of the examples."""
    command = [sys.executable, "-P", "-m", "cctbx", *arguments]
    environment = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "PATH": "", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment, cwd=ROOT / "docs" / "examples"
    )
    if done.returncode not in fine:
        raise SystemExit(f"cctbx {' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def help_of(name: str) -> str:
    return re.sub(r"[ \t]+$", "", output_of(*name.split(), "--help"), flags=re.MULTILINE).strip()


RELEASES = ("release-1.tbx", "release-2.tbx")
NOTES = ("release-notes", *RELEASES, "--version", "1.0.0")


def differences(*options: str) -> str:
    arguments = ("diff", *options, *RELEASES)
    return f"```console\n$ cctbx {' '.join(arguments)}\n{output_of(*arguments, fine=(1,)).rstrip()}\n```"


def notes() -> str:
    return output_of(*NOTES)


def notes_as_text() -> str:
    return f"```console\n$ cctbx {' '.join(NOTES)}\n{notes().rstrip()}\n```"


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
    "docs/release-notes-example.md": {
        "stat": lambda: differences("--stat"), "diff": differences, "notes": notes_as_text,
    },
}  # fmt: skip
"""File → name of the section between `<!-- name -->` and `<!-- /name -->` → what stands in it."""

WHOLE: dict[str, Callable[[], str]] = {"docs/examples/release-notes.md": notes}
"""File → all that stands in it."""


def updated(text: str, sections: dict[str, Callable[[], str]]) -> str:
    for name, make in sections.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"no section {name}")
        made = make()
        text = pattern.sub(lambda found, made=made: f"{found[1]}\n{made}\n\n{found[2]}", text)
    return text


def documents() -> Iterator[tuple[Path, str, str]]:
    """Every file with its text as it is and as it ought to be."""
    for file, sections in SECTIONS.items():
        place = ROOT / file
        text = place.read_text(encoding="utf-8")
        yield place, text, updated(text, sections)
    for file, make in WHOLE.items():
        place = ROOT / file
        yield place, place.read_text(encoding="utf-8") if place.exists() else "", make()


def main() -> int:
    stale = []
    for place, before, after in documents():
        if before != after:
            stale.append(str(place.relative_to(ROOT)))
            if "--check" not in sys.argv:
                place.write_text(after, encoding="utf-8", newline="\n")
    print("\n".join(stale) or "up to date")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
