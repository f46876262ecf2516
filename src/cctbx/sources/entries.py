"""Drafts → source entries: definitions cleaned of what does not belong to them, designations, references, ids."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from cctbx.findings import Finding
from cctbx.model import Designation, DesignationOrigin, SourceEntry, SourceGlossary
from cctbx.sources.acronyms import expands
from cctbx.sources.designations import Named, calmed, designate
from cctbx.sources.drafts import Draft
from cctbx.sources.page import Page, sort_key
from cctbx.sources.references import equated, only_refers, references_in
from cctbx.sources.repairs import corrected, glued_link, pasted_tails, vocabulary
from cctbx.sources.review import finding_for

__all__ = ["make_entries", "slug"]


_NARROWING = re.compile(r"([^()]{2,60}?)\s*\(([^\W\d_A-Z]{3,30})\)")
_BETWEEN = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """A readable key of a headword: letters and digits in lower case, everything else one hyphen."""
    return _BETWEEN.sub("-", text.lower()).strip("-") or "entry"


def make_entries(page: Page, drafts: list[Draft], glossary: SourceGlossary) -> tuple[list[SourceEntry], list[Finding]]:
    """The entries of a page in order, and the findings that making them brought up."""
    findings: list[Finding] = []
    definitions = ["\n\n".join(part for part in draft.paragraphs if part) for draft in drafts]
    counts = vocabulary([*definitions, *(draft.head.headword for draft in drafts)])
    entries = _bare_entries(page, drafts, definitions, glossary)
    entries = _without_tails(entries, definitions, glossary.file, findings)
    entries = [_without_link(entry, glossary.file, findings) for entry in entries]
    loud = _in_capitals([entry.headword for entry in entries])
    narrowed = _narrowed([entry.headword for entry in entries])
    made = [
        _designated(entry, draft, counts, glossary.file, findings, loud=loud, name=narrowed.get(entry.headword))
        for entry, draft in zip(entries, drafts, strict=True)
    ]
    return _referring(made, glossary.file, findings), findings


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


def _bare_entries(
    page: Page, drafts: list[Draft], definitions: list[str], glossary: SourceGlossary
) -> list[SourceEntry]:
    entries = []
    seen: Counter[str] = Counter()
    language = glossary.language or "und"
    for draft, definition in zip(drafts, definitions, strict=True):
        key = slug(draft.head.headword)
        seen[key] += 1
        suffix = f"~{seen[key]}" if seen[key] > 1 else ""
        line = page.lines[draft.head.index]
        entries.append(
            SourceEntry(
                id=f"{glossary.name}#{key}{suffix}",
                source=glossary.name,
                language=language,
                line_first=line.number,
                line_last=max(page.lines[draft.last].last, line.number),
                headword=draft.head.headword,
                definition=definition,
                notes=tuple(draft.notes),
                cross_references=tuple(draft.see),
            )
        )
    return entries


def _without_tails(
    entries: list[SourceEntry], definitions: list[str], file: str, findings: list[Finding]
) -> list[SourceEntry]:
    for index, (cut, owner) in pasted_tails(definitions).items():
        entry = entries[index]
        tail, whose = definitions[index][cut:], entries[owner]
        findings.append(
            finding_for(
                entry,
                file,
                "SRC006",
                f"goes on in mid-word with the tail of “{whose.headword}” (line {whose.line_first}): “{tail[:40]}…”",
                "delete the tail; it was left out here",
            )
        )
        note = f"pasted tail of “{whose.headword}” left out: “{tail}”"
        entries[index] = replace(entry, definition=definitions[index][:cut].strip(), notes=(*entry.notes, note))
    return entries


def _without_link(entry: SourceEntry, file: str, findings: list[Finding]) -> SourceEntry:
    cut = glued_link(entry.definition, entry.headword, entry.language)
    if cut is None:
        return entry
    text = entry.definition[cut:]
    findings.append(
        finding_for(entry, file, "SRC019", f"ends with the text of a link: “{text}”", "delete it; it was left out here")
    )
    return replace(
        entry, definition=entry.definition[:cut].strip(), notes=(*entry.notes, f"link text left out: “{text}”")
    )


def _designated(
    entry: SourceEntry,
    draft: Draft,
    counts: Counter[str],
    file: str,
    findings: list[Finding],
    *,
    loud: bool,
    name: str | None,
) -> SourceEntry:
    """The entry with its designations; `name` is the headword without a bracket that narrows it."""
    named = designate(name or entry.headword, entry.definition, entry.language, draft.head.columns)
    named = calmed(named) if loud else named
    designations, notes = [], list(entry.notes)
    acronyms = [each.term for each in named.designations if each.type == "acronym"]
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
        notes.append(f"printed “{each.term}” (line {entry.line_first})")
        if all(right.lower() != other.term.lower() for other in named.designations):
            designations.append(replace(each, term=right, origin=DesignationOrigin.CORRECTION))
    _misfit(entry, named, notes, file, findings)
    notes += [f"{header}: {cell}" if header else cell for header, cell in _unused(draft, designations)]
    return replace(entry, designations=tuple(designations), notes=tuple(notes))  # the one copy every entry needs


def _misfit(entry: SourceEntry, named: Named, notes: list[str], file: str, findings: list[Finding]) -> None:
    if named.misfit is None:
        return
    acronym, printed = named.misfit
    findings.append(
        finding_for(entry, file, "SRC008", f"“{printed}” does not give the letters of {acronym}", "check the expansion")
    )
    notes.append(f"printed expansion of {acronym}: “{printed}” (line {entry.line_first})")


def _unused(draft: Draft, designations: list[Designation]) -> list[tuple[str, str]]:
    """Cells beside the term that gave no designation: kept as notes."""
    terms = {each.term.lower() for each in designations}
    return [(header, cell) for header, cell in draft.head.columns if cell.lower() not in terms]


def _referring(entries: list[SourceEntry], file: str, findings: list[Finding]) -> list[SourceEntry]:
    """Cross-references: what definitions refer to, and definitions that only refer or only equate."""
    known: dict[str, str] = {}
    for entry in entries:
        for name in (entry.headword, *(each.term for each in entry.designations)):
            known.setdefault(sort_key(name), entry.headword)
    made = []
    for entry in entries:
        only = only_refers(entry.definition, entry.language)
        inside = references_in(entry.definition, entry.language) if not only else ()
        same = equated(entry.definition, entry.language)
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
