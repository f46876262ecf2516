"""Inline markup as an edition allows it (2019: hi, foreign, sc, ec, ph; 2008: hi, foreign, bpt, ept, ph)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cctbx.formats.tbx.editions import Edition, Marking
from cctbx.formats.tbx.identifiers import is_name
from cctbx.formats.tbx.losing import Losses
from cctbx.formats.tbx.names import TBX3, XML_LANG
from cctbx.formats.tbx.spelling import clean, valid_language
from cctbx.model import Inline, InlineKind, Markup, Text, marked, plain

__all__ = ["Marker"]

_K = InlineKind
Part = str | Inline
Attributes = dict[str, str]

_ENDING = ("fmt", "ui", "quote", "link", "image", "other")
_CODES = (_K.START_CODE, _K.END_CODE, _K.PLACEHOLDER)


class Marker:
    """Brings texts into the form an edition allows, with a finding for each thing that cannot stay."""

    def __init__(self, edition: Edition, losses: Losses) -> None:
        self._edition = edition
        self._losses = losses
        self._modern = edition.structure is TBX3
        self._category = ""
        self._codes = 0

    def text(self, text: Text, marking: Marking, category: str) -> Text:
        """The text with the markup that may stay; always in normal form."""
        if isinstance(text, str):
            return self._clean(text, category)
        self._category = category
        if marking is Marking.PLAIN:
            self._losses.say("LOS007", f"{category} may carry no markup here: its text is kept", category)
            return self._clean("".join(self._unwrapped(text.parts)), category)
        return marked(tuple(self._parts(text.parts, marking)))

    def _clean(self, text: str, category: str) -> str:
        cleaned = clean(text)
        if cleaned != text:
            self._losses.say("LOS017", f"control characters in {category} are left out", category)
        return cleaned

    def _unwrapped(self, parts: Iterable[Part]) -> list[str]:
        """The text of parts, without the native codes of a document's own formatting."""
        found: list[str] = []
        for part in parts:
            if isinstance(part, str):
                found.append(part)
            elif part.kind not in _CODES:
                found.extend(self._unwrapped(part.content))
        return found

    def _lost(self, what: str) -> None:
        self._losses.say("LOS007", f"{what} in {self._category} is left out", self._category)

    def _changed(self, what: str) -> None:
        self._losses.say("LOS008", f"{what} in {self._category} is left out or changed", self._category)

    def _parts(self, parts: Iterable[Part], marking: Marking) -> list[Part]:
        kept: list[Part] = []
        for part in parts:
            if isinstance(part, str):
                kept.append(self._clean(part, self._category))
            else:
                kept.extend(self._inline(part, marking))
        tied = self._tied(kept) if self._modern else self._numbered(kept)
        text = marked(tuple(tied))
        return list(text.parts) if isinstance(text, Markup) else [text] if text else []

    def _inline(self, inline: Inline, marking: Marking) -> list[Part]:
        if inline.kind is _K.HIGHLIGHT:
            return [self._highlight(inline)]
        if inline.kind is _K.OTHER or (inline.kind is _K.FOREIGN and marking is Marking.BASIC):
            self._lost(f"<{inline.name or 'foreign'}>")
            return self._parts(inline.content, marking)
        if marking is Marking.BASIC:
            self._lost(inline.kind.value)
            return []
        if inline.kind is _K.FOREIGN:
            attributes = self._attributes(inline, {"id": self._losses.identifier, XML_LANG: self._language})
            content = tuple(self._parts(inline.content, marking))
            return [Inline(kind=inline.kind, content=content, attributes=attributes)]
        return [self._code(inline)]

    def _language(self, tag: str) -> str:
        valid = valid_language(tag)
        if valid != tag:
            self._losses.say("LOS014", f"language “{tag}” is written as “{valid}”")
        return valid

    def _attributes(
        self, inline: Inline, allowed: dict[str, Callable[[str], str | None]]
    ) -> tuple[tuple[str, str], ...]:
        """The attributes an element may have, each through its rule; None: not with this value."""
        kept: Attributes = {}
        for name, value in inline.attributes:
            made = allowed[name](value) if name in allowed else None
            if made is None:
                self._changed(f"{name}=“{value}” of {inline.kind.value}")
            else:
                kept[name] = clean(made)
        return tuple(sorted(kept.items()))

    def _highlight(self, inline: Inline) -> Inline:
        """`hi` holds text only; its type is one of a list; its target an id."""
        allowed: dict[str, Callable[[str], str | None]] = {
            "type": lambda value: value if value in self._edition.highlights else None,
            "target": lambda value: self._losses.target(value) if is_name(value) else None,
        }
        if not self._modern:
            allowed[XML_LANG] = self._language
        if any(isinstance(part, Inline) for part in inline.content):
            self._lost("markup inside a highlight")
        content = self._clean("".join(self._unwrapped(inline.content)), self._category)
        return Inline(
            kind=inline.kind, content=(content,) if content else (), attributes=self._attributes(inline, allowed)
        )

    # codes: sc, ec, ph of 2019; bpt, ept, ph of 2008

    def _code(self, inline: Inline) -> Inline:
        """A code with its content as the edition has it; its attributes are put right among its neighbours."""
        if not self._modern:
            content = self._clean(plain(Markup(inline.content)), self._category)
            return Inline(kind=inline.kind, content=(content,) if content else (), attributes=inline.attributes)
        if plain(Markup(inline.content)):
            self._lost(f"the native code of a {inline.kind.value}")
        return Inline(kind=inline.kind, attributes=inline.attributes)

    def _fresh(self) -> str:
        self._codes += 1
        return f"{self._losses.concept or 'header'}-code{self._codes}"

    def _tied(self, parts: list[Part]) -> list[Part]:
        """2019: a start code has an id; an end code after one refers to it; isolation as the neighbours have it."""
        starts: list[tuple[str | None, str, str]] = []  # number of 2008, id found, id given
        last_end = max((at for at, part in enumerate(parts) if _is(part, _K.END_CODE)), default=-1)
        tied: list[Part] = []
        for at, part in enumerate(parts):
            if isinstance(part, str) or part.kind not in _CODES:
                tied.append(part)
            elif part.kind is _K.START_CODE:
                tied.append(self._start(part, starts, has_end=at < last_end))
            elif part.kind is _K.END_CODE:
                tied.append(self._end(part, starts))
            else:
                tied.append(Inline(kind=part.kind, attributes=self._attributes(part, {"type": str})))
        return tied

    def _start(self, part: Inline, starts: list[tuple[str | None, str, str]], has_end: bool) -> Inline:
        said = dict(part.attributes)
        found = said.get("id", "")
        given = self._losses.identifier(found or self._fresh())
        starts.append((said.get("i"), found, given))
        wanted = "no" if has_end else "yes"
        attributes = self._attributes(
            part, {"id": lambda value: given, "isolated": lambda value: value if value == wanted else None}
        )
        return Inline(kind=part.kind, attributes=tuple(sorted({**dict(attributes), "id": given}.items())))

    def _end(self, part: Inline, starts: list[tuple[str | None, str, str]]) -> Inline:
        said = dict(part.attributes)
        allowed: dict[str, Callable[[str], str | None]] = {
            "type": lambda value: value if value in _ENDING else None,
            "id": self._losses.identifier, "disp": str, "equiv": str, "subtype": str, "target": str,
        }  # fmt: skip
        if starts:
            given = self._matching(said, starts)
            allowed["startRef"] = lambda value: given
            allowed["isolated"] = lambda value: value if value == "no" else None
            kept = {**dict(self._attributes(part, allowed)), "startRef": given}
        else:
            allowed["startRef"] = lambda value: self._losses.target(value) if is_name(value) else None
            allowed["isolated"] = lambda value: value if value == "yes" else None
            kept = dict(self._attributes(part, allowed))
            kept["id"] = kept.get("id") or self._losses.identifier(self._fresh())
        return Inline(kind=part.kind, attributes=tuple(sorted(kept.items())))

    @staticmethod
    def _matching(said: Attributes, starts: list[tuple[str | None, str, str]]) -> str:
        """The id of the start code an end code belongs to: the one it names, the one of its number, or the last."""
        for number, found, given in reversed(starts):
            if said.get("startRef") in (found, given) or (number is not None and said.get("i") == number):
                return given
        return starts[-1][2]

    def _numbered(self, parts: list[Part]) -> list[Part]:
        """2008: codes of a pair share a number `i`."""
        numbers: dict[str, str] = {}
        made: list[Part] = []
        for part in parts:
            if isinstance(part, str) or part.kind not in _CODES:
                made.append(part)
                continue
            said = dict(part.attributes)
            allowed: dict[str, Callable[[str], str | None]] = {}
            if part.kind is not _K.END_CODE:
                allowed["type"] = str
            if part.kind is not _K.PLACEHOLDER:
                reference = said.get("id" if part.kind is _K.START_CODE else "startRef")
                if "i" not in said and reference:
                    said["i"] = numbers.setdefault(reference, str(len(numbers) + 1))
                allowed["i"] = str
            bare = Inline(kind=part.kind, attributes=tuple(sorted(said.items())))
            made.append(Inline(kind=part.kind, content=part.content, attributes=self._attributes(bare, allowed)))
        return made


def _is(part: Part, kind: InlineKind) -> bool:
    return isinstance(part, Inline) and part.kind is kind
