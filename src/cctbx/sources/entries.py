"""Drafts → source entries: definitions cleaned of what does not belong to them, designations, references, ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from itertools import chain

from cctbx.findings import Finding
from cctbx.model import Designation, DesignationOrigin, SourceEntry, SourceGlossary
from cctbx.sources.acronyms import expands
from cctbx.sources.designations import Named, calmed, designate, naming_field
from cctbx.sources.drafts import Draft
from cctbx.sources.page import Page, sort_key
from cctbx.sources.references import equated, only_refers, references_in
from cctbx.sources.repairs import corrected, glued_link, pasted_tails, vocabulary
from cctbx.sources.review import finding_for

__all__ = ["make_entries", "slug"]


_NARROWING = re.compile(r"([^()]{2,60}?)\s*\(([^\W\d_A-Z]{3,30})\)")
_FIELD = 90
_BETWEEN = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """A readable key of a headword: letters and digits in lower case, everything else one hyphen."""
    return _BETWEEN.sub("-", text.lower()).strip("-") or "entry"


def make_entries(page: Page, drafts: list[Draft], glossary: SourceGlossary) -> tuple[list[SourceEntry], list[Finding]]:
    """The entries of a page in order, and the findings that making them brought up.

    The list of drafts is used up, so that a large page is not held twice.
    """
    findings: list[Finding] = []
    for draft in drafts:
        _take_names(draft)
    definitions = ["\n\n".join(part for part in draft.paragraphs if part) for draft in drafts]
    headwords = [draft.head.headword for draft in drafts]
    counts = vocabulary(chain(definitions, headwords))
    tails = pasted_tails(definitions)
    loud, narrowed = _in_capitals(headwords), _narrowed(headwords)
    lines = {owner: page.lines[drafts[owner].head.index].number for _, owner in tails.values()}
    made: list[SourceEntry] = []
    seen: defaultdict[str, int] = defaultdict(int)
    waiting = deque(drafts)
    drafts.clear()
    while waiting:
        draft, place = waiting.popleft(), len(made)
        entry = _started(page, draft, definitions[place], glossary, seen)
        if place in tails:
            cut, owner = tails[place]
            _cut_tail(entry, cut, headwords[owner], lines[owner], glossary.file, findings)
        _cut_link(entry, glossary.file, findings)
        name = narrowed.get(entry.headword)
        made.append(_finished(entry, draft, counts, glossary, findings, loud=loud, name=name))
    return _referring(made, glossary.file, findings), findings


def _take_names(draft: Draft) -> None:
    """Labelled fields that hold a name, no text, stand beside the definition: `Engelska: lead time`, `Skrót: OSD`."""
    named = [split for each in draft.paragraphs if len(each) <= _FIELD and (split := naming_field(each))]
    if named and len(named) < len(draft.paragraphs):
        draft.head.columns += tuple((label, text) for label, text in named)
        draft.paragraphs = [each for each in draft.paragraphs if len(each) > _FIELD or not naming_field(each)]


def _in_capitals(headwords: list[str]) -> bool:
    """Whether a page prints its headwords in capitals, words and acronyms alike."""
    loud = [each for each in headwords if each.isupper()]
    return len(loud) >= 0.7 * len(headwords) > 0 and any(len(each) > 6 for each in loud)


def _narrowed(headwords: list[str]) -> dict[str, str]:
    """Where brackets tell homonyms apart (`Crown (tree)`, `Crown (plant)`), single common words in brackets narrow."""
    split = {each: match for each in headwords if (match := _NARROWING.fullmatch(each))}
    bases = Counter(match.group(1).lower() for match in split.values())
    if max(bases.values(), default=0) < 2:
        return {}
    return {each: match.group(1) for each, match in split.items() if not expands(match.group(1), match.group(2))}


@dataclass(slots=True)
class _Started:
    """An entry that is being made: what is known of it before its designations are."""

    id: str
    language: str
    line_first: int
    line_last: int
    headword: str
    definition: str
    notes: list[str]


def _started(
    page: Page, draft: Draft, definition: str, glossary: SourceGlossary, seen: defaultdict[str, int]
) -> _Started:
    """The entry of a draft, with an id made from its headword; `seen` counts the ids given so far."""
    key = slug(draft.head.headword)
    seen[key] += 1
    suffix = f"~{seen[key]}" if seen[key] > 1 else ""
    first = page.lines[draft.head.index].number
    last = max(page.lines[draft.last].last, first)
    language = glossary.language or "und"
    return _Started(
        f"{glossary.name}#{key}{suffix}", language, first, last, draft.head.headword, definition, notes=[]
    )


def _cut_tail(entry: _Started, cut: int, whose: str, line: int, file: str, findings: list[Finding]) -> None:
    tail = entry.definition[cut:]
    findings.append(
        finding_for(
            entry,
            file,
            "SRC006",
            f"goes on in mid-word with the tail of “{whose}” (line {line}): “{tail[:40]}…”",
            "delete the tail; it was left out here",
        )
    )
    entry.notes.append(f"pasted tail of “{whose}” left out: “{tail}”")
    entry.definition = entry.definition[:cut].strip()


def _cut_link(entry: _Started, file: str, findings: list[Finding]) -> None:
    cut = glued_link(entry.definition, entry.headword, entry.language)
    if cut is None:
        return
    text = entry.definition[cut:]
    findings.append(
        finding_for(entry, file, "SRC019", f"ends with the text of a link: “{text}”", "delete it; it was left out here")
    )
    entry.notes.append(f"link text left out: “{text}”")
    entry.definition = entry.definition[:cut].strip()


def _finished(
    entry: _Started,
    draft: Draft,
    counts: Counter[str],
    glossary: SourceGlossary,
    findings: list[Finding],
    *,
    loud: bool,
    name: str | None,
) -> SourceEntry:
    """The entry with its designations; `name` is the headword without a bracket that narrows it."""
    named = designate(name or entry.headword, entry.definition, entry.language, draft.head.columns)
    named = calmed(named) if loud else named
    designations = _corrected(entry, named, counts, glossary.file, findings)
    _misfit(entry, named, glossary.file, findings)
    if draft.head.columns:
        entry.notes += [f"{header}: {cell}" if header else cell for header, cell in _unused(draft, designations)]
    return SourceEntry(
        id=entry.id,
        source=glossary.name,
        language=entry.language,
        line_first=entry.line_first,
        line_last=entry.line_last,
        headword=entry.headword,
        designations=designations,
        definition=entry.definition,
        notes=tuple(entry.notes),
        cross_references=draft.see,
    )


def _corrected(
    entry: _Started, named: Named, counts: Counter[str], file: str, findings: list[Finding]
) -> tuple[Designation, ...]:
    """The designations with their misprints put right; what was printed becomes a note."""
    acronyms = [each.term for each in named.designations if each.type == "acronym"]
    designations = []
    for each in named.designations:
        right = corrected(each.term, entry.definition, counts, acronyms) if " " in each.term or each.type else None
        if right is None:
            designations.append(each)
            continue
        findings.append(
            finding_for(
                entry, file, "SRC007", f"“{each.term}” is misspelt: “{right}” is meant", f"correct it to “{right}”"
            )
        )
        entry.notes.append(f"printed “{each.term}” (line {entry.line_first})")
        if all(right.lower() != other.term.lower() for other in named.designations):
            designations.append(replace(each, term=right, origin=DesignationOrigin.CORRECTION))
    return tuple(designations)


def _misfit(entry: _Started, named: Named, file: str, findings: list[Finding]) -> None:
    if named.misfit is None:
        return
    acronym, printed = named.misfit
    findings.append(
        finding_for(entry, file, "SRC008", f"“{printed}” does not give the letters of {acronym}", "check the expansion")
    )
    entry.notes.append(f"printed expansion of {acronym}: “{printed}” (line {entry.line_first})")


def _unused(draft: Draft, designations: tuple[Designation, ...]) -> list[tuple[str, str]]:
    """Cells beside the term that gave no designation: kept as notes."""
    terms = {each.term.lower() for each in designations}
    return [(header, cell) for header, cell in draft.head.columns if cell.lower() not in terms]


def _referring(entries: list[SourceEntry], file: str, findings: list[Finding]) -> list[SourceEntry]:
    """Cross-references: what definitions refer to, and definitions that only refer or only equate."""
    equals = [equated(entry.definition, entry.language) for entry in entries]
    known: dict[str, str] = {}
    for entry in entries if any(equals) else ():
        for name in (entry.headword, *(each.term for each in entry.designations)):
            known.setdefault(sort_key(name), entry.headword)
    made = []
    for entry, same in zip(entries, equals, strict=True):
        only = only_refers(entry.definition, entry.language)
        inside = references_in(entry.definition, entry.language) if not only else ()
        target = known.get(sort_key(same)) if same else None
        if target == entry.headword:
            target = None
        if only or target:
            findings.append(
                finding_for(
                    entry,
                    file,
                    "SRC009",
                    f"only refers to “{', '.join(only) or target}”",
                    "keep it as a designation of that entry, or write a definition of its own",
                )
            )
        more = (*only, *inside, *((target,) if target else ()))
        references = tuple(dict.fromkeys((*entry.cross_references, *more)))
        made.append(replace(entry, cross_references=references) if more else entry)
    return made
