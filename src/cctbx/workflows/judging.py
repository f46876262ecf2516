"""How to validate: the settings of a call, of a folder, and what follows from them for the validator and the checks."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cctbx.errors import ProjectError
from cctbx.findings import Severity
from cctbx.findings.codes import CODE
from cctbx.workflows.files import open_input

if TYPE_CHECKING:
    from cctbx.checks import CheckOptions
    from cctbx.formats.tbx.validation import ValidationOptions

__all__ = ["Validation", "check_options", "settings_from", "validator_options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """How to validate.

    strict          the verdict of the official schemas, to the letter, instead of what the standard means
    dialect         check against this dialect of TBX instead of the declared one
    constraints     path of a constraint file (XCS) for TBX of 2008
    select, ignore  only codes that begin with one of these (if any); never these
    severity        code → severity, over the defaults
    checks          whether the house checks run too
    subject_fields  the allowed subject fields; empty: any
    public          report names of persons: the term base is meant for the public
    today           for dates in the future; None: they are not looked for
    workers         processes to use for large files: 1 or 2; None: 2 where it pays on a machine that is not busy
    """

    strict: bool = False
    dialect: str | None = None
    constraints: str | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    checks: bool = True
    subject_fields: frozenset[str] = frozenset()
    public: bool = False
    today: datetime.date | None = None
    workers: int | None = 1

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        if any(code.startswith(each) for each in self.ignore):
            return False
        return not self.select or any(code.startswith(each) for each in self.select)


def validator_options(options: Validation) -> ValidationOptions:
    """What the TBX validator is told. Raises `InputError` for an unreadable constraint file."""
    from cctbx.formats.tbx.validation import ValidationOptions
    from cctbx.formats.tbx.validation.xcs import read_xcs

    limits = None
    if options.constraints is not None:
        with open_input(options.constraints) as stream:
            limits = read_xcs(stream, file=options.constraints)
    return ValidationOptions(
        mode="strict" if options.strict else "intended", dialect=options.dialect, select=options.select,
        ignore=options.ignore, severity=options.severity, constraints=limits,
    )  # fmt: skip


def check_options(options: Validation, name: str, *, xml: bool) -> CheckOptions:
    """What the house checks are told of a file of this name; `xml`: the TBX validator looks at it too."""
    from cctbx.checks import COVERED_BY_TBX, CheckOptions

    return CheckOptions(
        file=name, select=options.select, ignore=options.ignore | (COVERED_BY_TBX if xml else frozenset()),
        severity=options.severity, today=options.today, subject_fields=options.subject_fields, public=options.public,
    )  # fmt: skip


_KEYS = frozenset({"select", "ignore", "severity", "subject-fields", "public", "constraints", "dialect"})


def settings_from(folder: Path, base: Validation | None = None) -> Validation:
    """Settings of `[validate]` in cctbx.toml, or `[tool.cctbx.validate]` in pyproject.toml, of a folder, over `base`.

    Keys: select, ignore, subject-fields (arrays of strings), severity (a table code = level), public, constraints,
    dialect. Raises `ProjectError` for an unreadable file, an unknown key, code or level.
    """
    base = base or Validation()
    for name, path in (("cctbx.toml", ("validate",)), ("pyproject.toml", ("tool", "cctbx", "validate"))):
        file = folder / name
        if file.is_file():
            table = _table(file, path)
            if table:
                return _applied(base, table, str(file))
    return base


def _table(file: Path, path: Iterable[str]) -> dict[str, Any]:
    try:
        found: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"cannot be read: {error}", file=str(file)) from error
    for key in path:
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def _applied(base: Validation, table: dict[str, Any], file: str) -> Validation:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ProjectError(f"validate: unknown key {unknown[0]}; there are {', '.join(sorted(_KEYS))}", file=file)
    lists = {
        name: frozenset(str(each) for each in table[key]) | getattr(base, name)
        for key, name in (("select", "select"), ("ignore", "ignore"), ("subject-fields", "subject_fields"))
        if isinstance(table.get(key), list)
    }
    rest = {key: table[key] for key in ("public", "constraints", "dialect") if key in table}
    severities = {**_severities(table.get("severity", {}), file), **base.severity}
    return replace(base, severity=severities, **lists, **rest)


def _severities(table: object, file: str) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for code, level in (table if isinstance(table, dict) else {}).items():
        if code not in CODE:
            raise ProjectError(f"validate.severity: unknown code {code}; see cctbx codes", file=file)
        try:
            found[code] = Severity(level)
        except ValueError:
            levels = ", ".join(each.value for each in Severity)
            raise ProjectError(f"validate.severity: {code} = {level!r}; levels are {levels}", file=file) from None
    return found
