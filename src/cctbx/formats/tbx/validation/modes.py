"""The two verdicts: what the standard means (`intended`) and what the official schemas report (`strict`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cctbx.findings import Severity
from cctbx.findings.codes import severity_of
from cctbx.formats.tbx.validation.constraints import Constraints

__all__ = ["Limits", "ValidationOptions", "severity_table"]

Mode = Literal["intended", "strict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on untrusted input: depth of nesting, bytes of one entry and of the prolog, length of one attribute."""

    depth: int = 200
    entry_bytes: int = 32 * 1024 * 1024
    attribute: int = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationOptions:
    """What the validator may be told.

    mode          `intended` or `strict`
    dialect       check against this dialect instead of the declared one (`TBX-Basic`; for 2008 also `TBX-Default`)
    select        if not empty: only codes that begin with one of these; `ignore`: never these
    severity      code → severity, over the defaults of the code table
    constraints   the rules of a constraint file (XCS) of 2008, read with `xcs.read_xcs`
    """

    mode: Mode = "intended"
    dialect: str | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    constraints: Constraints | None = None
    limits: Limits = Limits()

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        if any(code.startswith(each) for each in self.ignore):
            return False
        return not self.select or any(code.startswith(each) for each in self.select)


_DEMOTED = {"TBX502": None, "TBX802": None, "TBX801": None, "TBX310": None}
_PROMOTED = {"TBX016": None, "TBX209": None, "TBX404": None}
_BY_STYLE = {
    # the official Schematron compares values without trimming, the module grammars trim
    ("TBX206", "dca"): Severity.ERROR,
    # the module grammars take plain text only; the core grammar takes markup in any category
    ("TBX207", "dct"): Severity.ERROR,
    ("TBX210", "dct"): Severity.ERROR,
    # no official rule looks at what stands in a group beside what
    ("TBX204", "dct"): Severity.WARNING,
}


def severity_table(options: ValidationOptions, style: str) -> Mapping[str, Severity]:
    """Severities that differ from the defaults, for these options and a file of this style."""
    table: dict[str, Severity] = {}
    if options.mode == "strict":
        table.update(dict.fromkeys(_DEMOTED, Severity.WARNING))
        table.update(dict.fromkeys(_PROMOTED, Severity.ERROR))
        table.update({code: severity for (code, of), severity in _BY_STYLE.items() if of == style})
    table.update(options.severity)
    return table


def severity_in(table: Mapping[str, Severity], code: str) -> Severity:
    """The severity of a code under a table of differences."""
    return table.get(code) or severity_of(code)
