"""Documents in which every text is a word of its own, and the law that none of them is lost silently."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import Reader, ReadOptions
from cctbx.model import (
    CATEGORIES,
    Category,
    ConceptEntry,
    Content,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    ReferenceItem,
    ReferenceObject,
    Revision,
    TermBase,
    TermSection,
    fields_from,
)
from cctbx.model.canonical import header_to_plain, reference_to_plain, to_plain

__all__ = ["WORD", "Place", "Words", "base", "lost", "refreshed"]

WORD = re.compile("wq[0-9]{3,}x")


BREAKS = ("FMT002", "FMT012")
"""A TBX document breaks off for the reader here: where it goes on is not sure. (An entry in an entry does it too.)"""


class Words:
    """Gives words that stand nowhere else."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"wq{self.count:03}x"

    def text(self, random: Random) -> str:
        """One to three words."""
        return " ".join(self() for _ in range(random.randint(1, 3)))


def refreshed(text: str, words: Words) -> str:
    """The text with new words in the places of the old ones."""
    return WORD.sub(lambda found: words(), text)


# term bases


def _statement(category: Category, random: Random, words: Words, *, group: bool = True) -> DataCategory:
    beside: tuple[DataCategory, ...] = ()
    if group and category.metatype in (Metatype.DESCRIPTIVE, Metatype.TERM_NOTE) and random.random() < 0.3:
        beside = (DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value=words()),)
    picklist = category.content is Content.PICKLIST
    value = random.choice(tuple(category.values)) if picklist else words.text(random)
    return DataCategory(category=category.name, metatype=category.metatype, value=value, group=beside)


_USUAL = {
    level: [each for each in CATEGORIES if level in each.levels and each.content is not Content.DATE]
    for level in Level
}


def _stated(level: Level, random: Random, words: Words) -> dict[str, object]:
    usual = [each for each in _USUAL[level] if each.name in ("note", "definition", "subjectField", "partOfSpeech")]
    chosen = random.sample(_USUAL[level], random.randint(0, 2)) + random.sample(usual, random.randint(0, len(usual)))
    return fields_from(level, [_statement(each, random, words) for each in dict.fromkeys(chosen)])


def _section(tag: str, random: Random, words: Words) -> LanguageSection:
    terms = tuple(
        TermSection(term=words.text(random), **_stated(Level.TERM, random, words))  # type: ignore[arg-type]
        for _ in range(random.randint(1, 2))
    )
    return LanguageSection(language=tag, terms=terms, **_stated(Level.LANGUAGE, random, words))  # type: ignore[arg-type]


def base(random: Random, words: Words, concepts: int = 3) -> TermBase:
    """A term base in English and Swedish, sometimes with German."""
    tags = ("en", "sv", "de")[: random.choice((2, 2, 3))]
    header = Header(
        language="en", title=words(), title_notes=(words(),), publication=(words(),), source_descriptions=(words(),),
        encoding_descriptions=(words(),), revisions=(Revision(paragraphs=(words(), words())),),
    )  # fmt: skip
    items = tuple(ReferenceItem(type="fn", value=words()) for _ in range(2))
    return TermBase(
        header=header, references=(ReferenceObject(kind="respPerson", id=words(), items=items),),
        concepts=tuple(
            ConceptEntry(
                id=words(), languages=tuple(_section(tag, random, words) for tag in tags),
                **_stated(Level.CONCEPT, random, words),  # type: ignore[arg-type]
            )
            for _ in range(random.randint(1, concepts))
        ),
    )  # fmt: skip


# the law


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: its lines; the lines of what holds it, by name; what a finding may call it (a column)."""

    word: str
    lines: frozenset[int] = frozenset()
    holders: tuple[tuple[str, int], ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)


def _named(name: str, message: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", message))


def _told(place: Place, findings: Iterable[Finding]) -> bool:
    for each in findings:
        if each.line in place.lines or (each.code in BREAKS and any(line >= (each.line or 0) for line in place.lines)):
            return True
        if any(each.line == line and _named(name, each.message) for name, line in place.holders):
            return True
        if any(f"“{name}”" in each.message or f"{name} has no head" in each.message for name in place.names):
            return True
    return False


def _plain(base: TermBase) -> str:
    held = [header_to_plain(base.header), *map(to_plain, base.concepts), *map(reference_to_plain, base.references)]
    return json.dumps(held, ensure_ascii=False)


def lost(
    read: Reader, content: bytes, places: Sequence[Place], options: dict[str, object] | None = None
) -> list[Place] | None:
    """The places whose words are neither in the model nor in a finding, nor told of; None: the file was refused."""
    findings: list[Finding] = []
    said = ReadOptions(**{"file": "test", "report": findings.append} | (options or {}))  # type: ignore[arg-type]
    try:
        model = _plain(read(io.BytesIO(content), said).materialise())
    except InputError:
        return None
    kept = "\n".join((model, *(f"{each.message} {each.concept} {each.term}" for each in findings))).casefold()
    return [each for each in places if each.word not in kept and not _told(each, findings)]
