"""What a profile is, what a user may ask of it, and what a rule gets to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cctbx.findings import Finding, Report
from cctbx.formats.contract import EVERYTHING, Keeps, ignore
from cctbx.formats.losses import Losses
from cctbx.model import ConceptEntry

if TYPE_CHECKING:
    from cctbx.profiles.layouts import Layout

__all__ = ["Choice", "Definitions", "Forbidden", "Job", "Output", "Per", "Profile", "Request", "Rule"]


class Choice(StrEnum):
    """Which designations of a language are exported."""

    ALL = "all"
    PREFERRED = "preferred"


class Forbidden(StrEnum):
    """What becomes of terms that are not to be used (deprecated or superseded)."""

    EXCLUDE = "exclude"
    MARK = "mark"
    SEPARATE = "separate"


class Definitions(StrEnum):
    """Where a client looks for definitions: one on the concept, one in each language, or all on the concept."""

    CONCEPT = "one on the concept"
    SECTION = "one in each language"
    MOVED = "all on the concept"
    AS_THEY_ARE = "as they are"


class Per(StrEnum):
    """How many files an output makes: one for each pair of languages, or one for the whole term base."""

    PAIR = "pair"
    BASE = "base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asks for.

    source, targets     BCP 47 tags as in the term base (a tag also stands for narrower ones: `sv` for `sv-SE`)
    choice              all designations, or the preferred one of each language
    forbidden           None: what the profile does by default
    definitions         languages of definitions, best first; empty: target, source, the concept's own
    without_definitions no definitions at all
    definitions_from    only definitions whose source or licence holds one of these texts (any case)
    no_definitions_from none of these
    subjects, statuses  only concepts of these subject fields, only terms of these statuses (`preferred` …)
    language_map        tag in the term base → tag in the export (`nb` → `no`)
    dialect, style      for TBX v3: `TBX-Core`, `TBX-Min`, `TBX-Basic` or `TBX-Linguist`, and `dct` or `dca`
    title, date         for headers; never the clock
    """

    source: str
    targets: tuple[str, ...]
    choice: Choice = Choice.ALL
    forbidden: Forbidden | None = None
    definitions: tuple[str, ...] = ()
    without_definitions: bool = False
    definitions_from: tuple[str, ...] = ()
    no_definitions_from: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    language_map: Mapping[str, str] = field(default_factory=dict)
    dialect: str | None = None
    style: str | None = None
    title: str | None = None
    date: str | None = None

    def spelt(self, tag: str) -> str:
        """The tag as the export spells it."""
        return self.language_map.get(tag, tag)


class Job:
    """One file being made: the request, its languages, its losses, and what it holds already.

    `separate` is true for the file of terms that are not to be used; `forbidden` says what becomes of these here.
    """

    def __init__(
        self, request: Request, targets: tuple[str, ...], *, definitions: Definitions = Definitions.CONCEPT,
        forbidden: Forbidden = Forbidden.EXCLUDE, separate: bool = False, file: str | None = None,
        report: Report = ignore,
    ) -> None:  # fmt: skip
        self.request, self.source, self.targets = request, request.source, targets
        self.definitions, self.forbidden, self.separate = definitions, forbidden, separate
        self._held: set[int] = set()

        def with_file(finding: Finding) -> None:
            report(replace(finding, file=file))

        self.losses = Losses(with_file)

    @property
    def languages(self) -> tuple[str, ...]:
        """Source, then targets."""
        return (self.source, *self.targets)

    def first(self, *key: str) -> bool:
        """Whether this key is new to the file; it is not, the next time. 64 bits a key are kept."""
        number = hash(key)
        if number in self._held:
            return False
        self._held.add(number)
        return True


Rule = Callable[[ConceptEntry, Job], Iterable[ConceptEntry]]
"""Changes one concept entry (to none, one or several) and reports what it leaves out or changes to `job.losses`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One kind of file a profile writes.

    file         its name: `{name}`, `{source}` and `{target}` are filled in
    format       the name of its format, or `layout` its columns
    keeps        what the client takes of an entry, beyond what the format cannot hold anyway
    rules        what is done to every entry before (`rules`) and after (`last`) it is reduced to `keeps`
    optional     written only where there is something for it
    marks        whether it can mark terms that are not to be used; where not, they are left out
    flavoured    TBX of 2008 written as it is, with a program's own values (`formats.tbx.flavours`), instead of a format
    back         for these: from the program's words to the standard's, when such a file is read
    """

    file: str
    format: str = ""
    layout: Layout | None = None
    per: Per = Per.PAIR
    keeps: Keeps = EVERYTHING
    definitions: Definitions = Definitions.CONCEPT
    rules: tuple[Rule, ...] = ()
    last: tuple[Rule, ...] = ()
    dialect: str | None = None
    style: str | None = None
    optional: bool = False
    marks: bool = True
    flavoured: bool = False
    back: Callable[[Iterable[ConceptEntry]], Iterable[ConceptEntry]] | None = None

    @property
    def told_languages(self) -> bool:
        """Whether the writer must be told the target languages; formats of all languages write what they are given."""
        return self.per is Per.PAIR or self.layout is not None


VERIFIED = (
    "real program",
    "public schemas",
    "our reading of its rules",
    "our own reader",
    "vendor's documentation",
    "heads unconfirmed",
)
"""How far a profile was verified, best first; a test keeps every profile to these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one client takes.

    verified     how far, at most (`VERIFIED`)
    rules_told   its rules in a few words, for README
    forbidden    what it can do with terms that are not to be used; the first is the default
    """

    name: str
    title: str
    verified: str
    rules_told: str
    outputs: tuple[Output, ...]
    forbidden: tuple[Forbidden, ...] = (Forbidden.EXCLUDE, Forbidden.SEPARATE)
