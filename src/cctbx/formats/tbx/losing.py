"""What a TBX writer says of what it changes or leaves out, and the ids it has to keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cctbx.findings import Finding, Report
from cctbx.findings.codes import severity_of
from cctbx.formats.tbx.identifiers import Identifiers, is_name, valid_name

__all__ = ["Losses"]


class Losses:
    """Sends loss findings with the place they are about; keeps the ids of the document and the targets not yet met."""

    __slots__ = ("_ids", "_pending", "_report", "concept", "language", "names", "term")

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ids = Identifiers()
        self._pending: dict[str, None] = {}
        self.names: list[str] | None = None
        """Every id written, where somebody wants to know."""
        self.concept: str | None = None
        self.language: str | None = None
        self.term: str | None = None

    def say(self, code: str, message: str, category: str | None = None) -> None:
        """Reports one loss."""
        self._report(
            Finding(
                code=code, message=message, severity=severity_of(code), concept=self.concept, language=self.language,
                term=self.term, category=category,
            )
        )

    def identifier(self, wanted: str) -> str:
        """The id made valid and unique, deterministically; reports a change."""
        given = name = valid_name(wanted)
        number = 1
        while not self._ids.add(name):
            number += 1
            name = f"{given}-{number}"
        self._pending.pop(name, None)
        if self.names is not None:
            self.names.append(name)
        if name != wanted:
            self.say("LOS010", f"id “{wanted}” is written as “{name}”")
        return name

    def identifiers(self, wanted: Sequence[str], targets: Iterable[str] = ()) -> str | None:
        """The id of an entry, which stands first, as `identifier` has it; followed by those of its parts.

        None, and nothing is taken in, if there are any parts and one of the ids would have to be changed. `targets`,
        all of them valid ids, are remembered.
        """
        if len(wanted) > 1 and not self._all_new(wanted):
            return None
        written = [self.identifier(name) for name in wanted]
        for each in targets:
            self.target(each)
        return written[0]

    def _all_new(self, wanted: Sequence[str]) -> bool:
        known = any(name in self._ids for name in wanted)
        return not known and len(set(wanted)) == len(wanted) and all(map(is_name, wanted))

    def target(self, wanted: str) -> str:
        """The target as a valid id, remembered until an element answers to it."""
        name = wanted if is_name(wanted) else valid_name(wanted)
        if name not in self._ids:
            self._pending[name] = None
        return name

    def adopt(self, names: Sequence[str], targets: Iterable[str]) -> bool:
        """Takes in the ids and unanswered targets of a portion that was written by itself; False, and nothing is taken
        in, if one of the ids was there: then the portion would have been written differently."""
        if any(name in self._ids for name in names):
            return False
        for name in names:
            self._ids.add(name)
            self._pending.pop(name, None)
        self._pending.update((target, None) for target in targets if target not in self._ids)
        return True

    def unresolved(self) -> tuple[str, ...]:
        """Targets no id of the document answered to, sorted."""
        return tuple(sorted(self._pending))
