"""What the PO parser passes over without a word, told by the lines of the file."""

from __future__ import annotations

from itertools import pairwise

from cctbx.formats.contract import ReadOptions
from cctbx.formats.reporting import say

__all__ = ["Lines"]


class Lines:
    """Looks at the lines of a PO file for what `polib` passes over: comments that belong to no message, or to a header
    that is not the first message; a second header; fields of the header that stand twice; messages that break off."""

    def __init__(self, text: str, options: ReadOptions) -> None:
        self._options = options
        self._comments: list[int] = []
        self._kinds: dict[int, str] = {}
        self._before: set[str] = set()
        self._begun = self._headed = self._head = False
        self._open: list[int] = []
        self._held: list[int] = []
        self._following: tuple[str, ...] = ()
        self._plural = self._stray = False
        self._fields: dict[str, int] = {}
        lines = [*text.replace("\r", "").split("\n"), ""]
        for number, (line, following) in enumerate(pairwise(lines), start=1):
            self._line(number, line, following)
        self._lost("a comment without a message: not read")

    def _say(self, message: str, line: int, code: str = "FMT117") -> None:
        say(self._options, code, message, line=line)

    def _lost(self, message: str) -> None:
        for line in self._comments:
            self._say(message, line, "FMT116")
        self._comments = []

    def _line(self, number: int, line: str, following: str) -> None:
        self._whole(number, line)
        if line.startswith("#~"):
            self._lost("a comment of an obsolete message: not read")
            self._begun = True
        elif line.startswith("#"):
            self._comments.append(number)
            self._kinds[number] = line[:2]
            self._previous(number, line)
        elif line.startswith("msgstr"):
            self._lost("a comment inside of a message: not read")
        elif line.startswith("msg"):
            self._head = line == 'msgid ""' and not following.startswith('"')
            if self._head:
                self._header(number)
            self._held = self._comments or self._held
            self._begun, self._comments, self._kinds, self._before = True, [], {}, set()
        elif line.startswith('"') and self._head:
            name, colon, _ = line[1:].partition(":")
            if name in self._fields and colon:
                self._say(f"header field {name} is said again further down: not read", self._fields[name])
            self._fields[name] = number

    def _previous(self, number: int, line: str) -> None:
        """What a message was before can be said once."""
        if line.startswith("#| msg"):
            name = line.split(" ")[1]
            if name in self._before:
                self._say(f"a second previous {name}: not read", number - 1)
                self._say(f"a second previous {name}: not read", number)
            self._before.add(name)

    def _whole(self, number: int, line: str) -> None:
        """Whether a message that was begun goes on."""
        alone = line.startswith("msgstr ") and not self._open
        if line.startswith("msgstr"):
            self._open, self._held = [], []
        elif self._open and not line.startswith(self._following):
            for place in (*self._held, *self._open):
                self._say("a message without msgstr: not read", place)
            self._open, self._held = [], []
        if line.startswith(("msgid ", "msgctxt ")) or (self._open and line):
            self._open.append(number)
        if line.startswith("msg"):
            self._following = ('"', "msgid ") if line.startswith("msgctxt ") else ('"', "msgid_plural ")
            self._plural = line.startswith("msgid_plural ") or (self._plural and line.startswith("msgstr"))
            self._stray = alone or (line.startswith("msgstr[") and not self._plural)
        if self._stray and line.startswith(("msgstr", '"')):
            self._say("msgstr without the msgid, or msgid_plural, that goes with it: not read", number)

    def _header(self, number: int) -> None:
        if self._headed:
            self._say("a second header, or a message without a source: not read", number + 1)
            self._lost("a comment of a message without a source: not read")
        elif self._begun:
            self._lost("the header stands behind messages: its comment is not read")
        else:
            first = next((each for each in self._comments if self._kinds[each] not in ("# ", "#")), number)
            self._comments = [
                each for each in self._comments
                if self._kinds[each] == "#." or (each > first and self._kinds[each] == "# ")
            ]  # fmt: skip
            self._lost("a comment from a program in front of the header: not read")
        for line in self._open[:-1]:
            self._say("a header has no context: not read", line)
        self._headed = True
