"""What an edition of TBX keeps of a concept entry, and in which form: mapping, moving, noting, before writing.

The law of every TBX writer: what is read back equals what `restrict` made, and `restrict` of that is itself. Nothing
leaves silently: each change is a loss finding (LOS001 to LOS022), and what has no place is kept as a note that names
its data category.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cctbx.findings import Report
from cctbx.formats.contract import ignore
from cctbx.formats.tbx.components import COMPONENT_LIST, components_in_words, holds_components
from cctbx.formats.tbx.editions import GROUP_ONLY, Edition, Marking
from cctbx.formats.tbx.losing import Losses
from cctbx.formats.tbx.mapping import MOVES_UP, NEAREST_CATEGORY, NEAREST_VALUE, SAME_VALUE
from cctbx.formats.tbx.marking import Marker
from cctbx.formats.tbx.spelling import is_address, is_reference, is_web_address, iso_date, valid_language
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Inline,
    LanguageSection,
    Level,
    Metatype,
    TermSection,
    Text,
    fields_from,
    marked,
    plain,
    statements,
)

__all__ = ["Restriction", "restrict"]

_M = Metatype
_MOVABLE = (_M.TRANSACTION, _M.EXTERNAL_REFERENCE, _M.REFERENCE)


@dataclass(slots=True)
class _Frame:
    """A level being filled: what stands here, and what moves to the level above."""

    level: Level
    here: list[DataCategory] = field(default_factory=list)
    lifted: list[DataCategory] = field(default_factory=list)

    def fields(self) -> dict[str, object]:
        """Term notes come before everything else in a term section, in every edition."""
        ordered = sorted(self.here, key=_place_in_section)
        return fields_from(self.level, ordered)


def _place_in_section(statement: DataCategory) -> int:
    return 0 if statement.metatype is _M.TERM_NOTE else 1 if statement.category == COMPONENT_LIST else 2


def _name(category: str) -> str:
    """A category's name as a reader of notes should see it."""
    return category.rpartition("}")[2].lstrip("@")


def _parts(text: Text) -> tuple[str | Inline, ...]:
    return (text,) if isinstance(text, str) else text.parts


def _said(statement: DataCategory, of: str | None = None) -> Text:
    """A statement as the text of a note: `category (of): value [target] (companion: value; ...)`."""
    parts: list[str | Inline] = []
    components = components_in_words(statement)
    if components:
        return components
    if statement.metatype is not _M.NOTE or of:
        value = plain(statement.value)
        name = _name(statement.category)
        parts.append(f"{name} ({of}):" if of else f"{name}:")
        parts.append(" " if value else "")
    parts.extend(_parts(statement.value))
    if statement.target:
        parts.append(f" [{statement.target}]")
    if statement.group:
        companions = "; ".join(plain(_said(each)) if each.metatype is not _M.NOTE else each.text
                               for each in statement.group)  # fmt: skip
        parts.append(f" ({companions})")
    return marked(tuple(parts))


class Restriction:
    """Restricts the concept entries of one document, one after another: ids stay unique over all of them."""

    def __init__(self, edition: Edition, report: Report = ignore) -> None:
        self.edition = edition
        self.losses = Losses(report)
        self.marker = Marker(edition, self.losses)

    # levels

    def concept(self, entry: ConceptEntry) -> ConceptEntry:
        """What the edition keeps of a concept entry."""
        losses = self.losses
        losses.concept, losses.language, losses.term = entry.id, None, None
        identifier = losses.identifier(entry.id)
        frame = _Frame(Level.CONCEPT)
        self._fill(frame, statements(entry))
        sections = entry.languages
        if not sections:
            losses.say("LOS018", "a concept entry without language sections is written with an empty one")
            sections = (LanguageSection(language="und"),)
        languages = tuple(self._language(section, frame) for section in sections)
        losses.language = losses.term = None
        return ConceptEntry(id=identifier, languages=languages, origin=entry.origin, **frame.fields())  # type: ignore[arg-type]

    def _language(self, section: LanguageSection, above: _Frame) -> LanguageSection:
        losses = self.losses
        losses.language, losses.term = section.language, None
        tag = self._tag(section.language)
        identifier = section.id
        if identifier and self.edition.section_ids:
            identifier = losses.identifier(identifier)
        elif identifier:
            losses.say("LOS011", f"a language section has no id in this edition: “{identifier}” is left out")
            identifier = None
        frame = _Frame(Level.LANGUAGE)
        self._fill(frame, statements(section))
        terms = section.terms
        if not terms:
            losses.say("LOS018", f"the {section.language} section has no term: it is written with an empty one")
            terms = (TermSection(term=""),)
        made = tuple(self._term(term, frame) for term in terms)
        losses.language, losses.term = section.language, None
        self._fill(above, frame.lifted)
        return LanguageSection(
            language=tag, terms=made, id=identifier, line=section.line, **frame.fields()  # type: ignore[arg-type]
        )

    def _term(self, section: TermSection, above: _Frame) -> TermSection:
        self.losses.term = plain(section.term)
        frame = _Frame(Level.TERM)
        term = self.marker.text(section.term, self.edition.term_marking, "term")
        identifier = self.losses.identifier(section.id) if section.id else None
        self._fill(frame, statements(section))
        self._fill(above, frame.lifted)
        return TermSection(term=term, id=identifier, line=section.line, **frame.fields())  # type: ignore[arg-type]

    def _fill(self, frame: _Frame, stated: Iterable[DataCategory]) -> None:
        for statement in stated:
            self._place(statement, frame)

    def _tag(self, tag: str) -> str:
        valid = valid_language(tag)
        if valid != tag:
            self.losses.say("LOS014", f"language “{tag}” is written as “{valid}”")
        return valid

    def beside_item(self, stated: Iterable[DataCategory]) -> tuple[DataCategory, ...]:
        """What may stand beside an item of the back matter: notes, and notes of everything else."""
        frame = _Frame(Level.CONCEPT)
        for statement in stated:
            if statement.category == "note" and statement.metatype is _M.NOTE:
                self._state(statement, frame)
            else:
                self._note(statement, frame, "LOS020", f"{_name(statement.category)} beside an item is kept as a note")
        return tuple(frame.here)

    # statements

    def _place(self, statement: DataCategory, frame: _Frame) -> None:
        """Puts a statement where the edition allows it: here, one level up, or into a note."""
        if frame.level is Level.TERM and holds_components(self.edition, statement):
            frame.here.append(statement)
            return
        statement = self._standard(statement)
        category = statement.category
        levels = self.edition.places.get(category)
        if levels is None or not self._is_standard(statement):
            self._note(statement, frame, "LOS001", f"{self.edition.dialect} has no {_name(category)}: kept as a note")
        elif frame.level in levels and category not in GROUP_ONLY:
            self._state(statement, frame)
        elif frame.level in MOVES_UP.get(category, ()):
            self.losses.say("LOS002", f"{category} of a {frame.level} moves one level up", category)
            frame.lifted.append(statement)
        else:
            self._note(statement, frame, "LOS001", f"{category} may not stand in a {frame.level}: kept as a note")

    def _standard(self, statement: DataCategory) -> DataCategory:
        """The statement with the metatype of the standard, and the nearest category where its own is not to be had."""
        category = statement.category
        nearest = NEAREST_CATEGORY.get(category)
        if nearest is not None and category not in self.edition.places and nearest in self.edition.places:
            self.losses.say("LOS005", f"{category} is written as {nearest}", category)
            statement = replace(statement, category=nearest, metatype=CATEGORY[nearest].metatype)
            category = nearest
        known = CATEGORY.get(category)
        if known is not None and statement.metatype is not known.metatype:
            self.losses.say("LOS022", f"{category} is written as the standard has it: {known.metatype}", category)
            statement = replace(statement, metatype=known.metatype)
        return statement

    @staticmethod
    def _is_standard(statement: DataCategory) -> bool:
        known = CATEGORY.get(statement.category)
        return known is not None and known.metatype is statement.metatype

    def _note(self, statement: DataCategory, frame: _Frame, code: str, why: str, of: str | None = None) -> None:
        """Keeps a statement as a note that names its category."""
        self.losses.say(code, why, statement.category)
        value = self.marker.text(_said(statement, of), Marking.FULL, "note")
        frame.here.append(DataCategory(category="note", metatype=_M.NOTE, value=value, line=statement.line))

    def _state(self, statement: DataCategory, frame: _Frame) -> None:
        """A statement that may stand at this level: its value, target, companions and attributes put right."""
        usable = self._pointed(statement, frame)
        if usable is None:
            return
        value = self._value(usable, frame)
        if value is None:
            return
        outside: list[DataCategory] = []
        group = self._group(usable, frame, outside)
        frame.here.append(self._dressed(usable, value, group))
        for companion in outside:
            self._expelled(companion, usable.category, frame)

    def _value(self, statement: DataCategory, frame: _Frame) -> Text | None:
        """The value the edition has for it; None: it went into a note."""
        category = statement.category
        listed = self.edition.values.get(category)
        if listed is None:
            marking = self.edition.marked.get(category, self.edition.marking.get(statement.metatype, Marking.PLAIN))
            return self.marker.text(statement.value, marking, category)
        found = plain(statement.value)
        if not isinstance(statement.value, str):
            self.losses.say("LOS007", f"{category} may carry no markup: its text is kept", category)
        if found in listed:
            return found
        same = SAME_VALUE.get(category, {}).get(found) or _alike(found, listed)
        if same in listed:
            self.losses.say("LOS003", f"{category} “{found}” is written as {same}", category)
            return same
        nearest = NEAREST_VALUE.get(category, {}).get(found)
        if nearest in listed:
            exact = DataCategory(category=category, metatype=statement.metatype, value=found, line=statement.line)
            self._note(exact, frame, "LOS003", f"{category} “{found}” is written as {nearest}, and as a note")
            return nearest
        self._note(statement, frame, "LOS004", f"{category} “{found}” is not in the picklist: kept as a note")
        return None

    def _pointed(self, statement: DataCategory, frame: _Frame) -> DataCategory | None:
        """The statement if its target is one the edition allows, or what it becomes; None: it went into a note."""
        metatype, target = statement.metatype, statement.target
        if metatype is _M.EXTERNAL_REFERENCE:
            good = is_web_address(target or "") if self.edition.web_only else is_reference(target or "")
        elif metatype is _M.REFERENCE:
            if target and is_web_address(target) and "externalCrossReference" in self.edition.places:
                self.losses.say("LOS005", f"{statement.category} to a URI is written as externalCrossReference",
                                statement.category)  # fmt: skip
                return replace(statement, category="externalCrossReference", metatype=_M.EXTERNAL_REFERENCE)
            good = bool(target.strip()) if target is not None else not self.edition.elements
            good = good and not is_address(target or "")
        else:
            return statement
        if good:
            return statement
        self._note(statement, frame, "LOS013", f"{statement.category} has no target allowed here: kept as a note")
        return None

    # groups

    def _groups(self, statement: DataCategory) -> frozenset[Metatype]:
        """The metatypes that may stand beside a statement."""
        if statement.category in self.edition.ungrouped:
            return frozenset()
        return self.edition.companions.get(statement.metatype, frozenset())

    def _group(
        self, head: DataCategory, frame: _Frame, outside: list[DataCategory], nested: bool = False
    ) -> tuple[DataCategory, ...]:
        """The companions that may stay; the others are collected in `outside`."""
        allowed = self._groups(head) if not nested or self.edition.nested else frozenset()
        kept: list[DataCategory] = []
        for found in head.group:
            companion = self._standard(found)
            stays = self._companion(companion, head, frame, outside, nested) if companion.metatype in allowed else None
            if stays is None:
                outside.append(found)
            else:
                kept.append(stays)
        return tuple(kept)

    def _companion(
        self, companion: DataCategory, head: DataCategory, frame: _Frame, outside: list[DataCategory], nested: bool
    ) -> DataCategory | None:
        """A companion as it may stay in a group at this level, or None."""
        category = companion.category
        levels = self.edition.places.get(category)
        home = GROUP_ONLY.get(category)
        if levels is None or not self._is_standard(companion):
            return None
        if home is not head.metatype if home else frame.level not in levels and category != "note":
            return None
        value = self._plain_value(companion)
        if value is None or not self._points(companion):
            return None
        if companion.group and nested:
            return None
        group = self._group(companion, frame, outside, nested=True)
        return self._dressed(companion, value, group)

    def _plain_value(self, companion: DataCategory) -> Text | None:
        """The value of a companion, or None if the edition does not allow it."""
        category = companion.category
        if companion.metatype is _M.DATE:
            found = iso_date(companion.text)
            if found is not None and found != companion.value:
                self.losses.say("LOS015", f"date “{companion.text}” is written as {found}", category)
            return found
        listed = self.edition.values.get(category)
        if listed is not None:
            return companion.text if companion.text in listed else None
        marking = self.edition.marked.get(category, self.edition.marking.get(companion.metatype, Marking.PLAIN))
        return self.marker.text(companion.value, marking, category)

    def _points(self, companion: DataCategory) -> bool:
        target = companion.target or ""
        if companion.metatype is _M.EXTERNAL_REFERENCE:
            return is_web_address(target) if self.edition.web_only else is_reference(target)
        if companion.metatype is _M.REFERENCE:
            return bool(target.strip() and not is_address(target)) or not (target or self.edition.elements)
        return True

    def _expelled(self, companion: DataCategory, head: str, frame: _Frame) -> None:
        """A companion that may not stay: a statement of its own where it can stand alone, else a note."""
        companion = self._standard(companion)
        why = f"{_name(companion.category)} of {head} leaves its group"
        if companion.metatype in _MOVABLE and companion.category in self.edition.places:
            self.losses.say("LOS006", why, companion.category)
            self._place(companion, frame)
        else:
            code = "LOS016" if companion.metatype is _M.DATE else "LOS006"
            self._note(companion, frame, code, why + ": kept as a note", of=head)

    # attributes

    def _dressed(self, statement: DataCategory, value: Text, group: tuple[DataCategory, ...]) -> DataCategory:
        """The statement with this value and these companions, and the attributes the edition allows."""
        metatype, edition = statement.metatype, self.edition
        language, datatype = statement.language, statement.datatype
        if language is not None:
            may = metatype in edition.said
            language = self._tag(language) if may else self._dropped("language", language, statement)
        if datatype is not None and (metatype not in edition.said or metatype is _M.NOTE):
            datatype = self._dropped("datatype", datatype, statement)
        return DataCategory(
            category=statement.category, value=value, metatype=metatype, language=language,
            target=self._target(statement), id=self._id(statement), datatype=datatype, group=group,
            line=statement.line,
        )  # fmt: skip

    def _dropped(self, what: str, value: str, statement: DataCategory) -> str | None:
        """Reports an attribute that is left out; gives None in its place."""
        self.losses.say("LOS009", f"{what} “{value}” of {statement.category} is left out", statement.category)
        return None

    def _target(self, statement: DataCategory) -> str | None:
        target = statement.target
        if target is None or statement.metatype is _M.EXTERNAL_REFERENCE:
            return target
        linkable = statement.metatype in self.edition.linked or (
            self.edition.elements and statement.category == "responsibility"
        )
        if not linkable or not target.strip() or is_address(target):
            return self._dropped("target", target, statement)
        return self.losses.target(target)

    def _id(self, statement: DataCategory) -> str | None:
        if statement.id is None:
            return None
        on_group = statement.category not in self.edition.ungrouped and statement.metatype in self.edition.companions
        if statement.metatype in self.edition.identified or (self.edition.elements and on_group):
            return self.losses.identifier(statement.id)
        self.losses.say("LOS011", f"{statement.category} has no id here: “{statement.id}” is left out",
                        statement.category)  # fmt: skip
        return None


def _alike(found: str, listed: frozenset[str]) -> str | None:
    """The listed value that differs in case or blanks only."""
    folded = found.strip().casefold()
    return next((value for value in sorted(listed) if value.casefold() == folded), None)


def restrict(concept: ConceptEntry, edition: Edition, report: Report = ignore) -> ConceptEntry:
    """What an edition keeps of a concept entry that stands alone; idempotent."""
    return Restriction(edition, report).concept(concept)
