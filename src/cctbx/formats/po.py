"""Glossary PO: a bilingual glossary as gettext tools, Poedit and Weblate take it.

One message per pair of a source term and a target term. The first use of a msgid stands without context (gettext then
offers it anywhere), preferably for a concept that prefers the term; every further one has the concept id as msgctxt, so
that no message stands twice. `#.` lines say which concept it is and what is known of it (`definition [sv]: …`). Flags:
`forbidden` for a deprecated target term, `read-only` for a concept whose terms are not translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from cctbx.errors import InputError
from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.labels import (
    LABELLED,
    TRANSLATION_NEEDED,
    labelled_lines,
    line_quoted,
    line_unquoted,
    with_lines,
)
from cctbx.formats.losses import Losses, folded
from cctbx.formats.pairs import DEPRECATED, Direction, Pair, bilingual, header_of, languages_read, paired, pairs_of
from cctbx.formats.polines import Lines
from cctbx.formats.reporting import say
from cctbx.formats.spool import Spool
from cctbx.formats.streams import guess_encoding, utf8_writer
from cctbx.model import ConceptEntry, Level, Origin, TermBaseStream, TermSection, plain, statements

if TYPE_CHECKING:
    import polib

__all__ = ["PO", "gettext_language", "language_of_gettext", "read_po", "reduce_po", "write_po"]

PO_KEEPS = Keeps(
    statements=LABELLED | {(Level.TERM, "administrativeStatus")}, markup=False, groups=False, header=False,
    references=False, languages=2, nested=False, single=frozenset({Level.TERM}), ids=False, white_space=False,
    sections=False,
)  # fmt: skip

_SUPERSEDED = "supersededTerm-admn-sts"
_SCRIPTS = {"Latn": "latin", "Cyrl": "cyrillic", "Arab": "arabic", "Deva": "devanagari"}
_VARIANTS = {variant: script for script, variant in _SCRIPTS.items()}


def gettext_language(tag: str) -> str:
    """A BCP 47 tag as gettext spells it: `pt-BR` → `pt_BR`, `sr-Latn-RS` → `sr_RS@latin`."""
    language, *others = tag.split("-")
    variant = next((_SCRIPTS[each] for each in others if each in _SCRIPTS), None)
    plain_tag = "_".join([language, *(each for each in others if each not in _SCRIPTS)])
    return f"{plain_tag}@{variant}" if variant else plain_tag


def language_of_gettext(name: str) -> str:
    """The BCP 47 tag of a gettext language name."""
    name, _, variant = name.partition("@")
    language, *others = name.split(".")[0].split("_")
    script = [_VARIANTS[variant.lower()]] if variant.lower() in _VARIANTS else []
    return "-".join([language, *script, *others])


def _bare_status(entry: ConceptEntry, losses: Losses, way: Direction) -> ConceptEntry:
    """Only `forbidden` on target terms is left of the administrative statuses; terms come preferred first already."""
    sections = []
    for section in entry.languages:
        losses.language = section.language
        keep_status = section.language == way.target
        terms = tuple(_term_status(term, keep_status, losses) for term in section.terms)
        sections.append(replace(section, terms=terms))
    losses.language = losses.term = None
    return replace(entry, languages=tuple(sections))


def _term_status(term: TermSection, flagged: bool, losses: Losses) -> TermSection:
    status = term.administrative_status
    if status is None or (flagged and status == DEPRECATED):
        return term
    losses.term = plain(term.term)
    category = "administrativeStatus"
    if flagged and status == _SUPERSEDED:
        losses.lost("LOS066", f"{status} becomes the flag `forbidden`, read as {DEPRECATED}", category=category)
        return replace(term, administrative_status=DEPRECATED)
    if status in ("preferredTerm-admn-sts", "admittedTerm-admn-sts"):
        losses.lost("LOS069", f"{status} is kept as the order of the terms only", category=category)
    else:
        losses.lost("LOS050", f"{status} has no place here; the term looks like any other", category=category)
    return replace(term, administrative_status=None)


def _reduced(stream: TermBaseStream, options: WriteOptions) -> tuple[Direction, TermBaseStream]:
    way, reduced = bilingual(stream, PO_KEEPS, options)
    losses = Losses(options.report)

    def bare(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for entry in entries:
            losses.concept = entry.id
            yield _bare_status(entry, losses, way)

    return way, reduced.map(bare)


def reduce_po(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What a glossary PO holds of a stream."""
    return _reduced(stream, options)[1]


def _plural_forms(tag: str) -> str:
    from translate.lang.data import get_language

    names = (gettext_language(tag).split("@")[0], tag.split("-")[0])
    known = next((found for name in names if (found := get_language(name))), None)  # type: ignore[no-untyped-call]
    _, count, rule = known if known else ("", 0, "")
    return f"nplurals={count}; plural={rule};" if count and rule else "nplurals=2; plural=(n != 1);"


_OUR_FIELDS = ("Project-Id-Version", "Report-Msgid-Bugs-To", "Last-Translator", "Language-Team")


def _head(way: Direction, options: WriteOptions) -> str:
    """The header message: every field `msgfmt -c` asks for, none with a placeholder value."""
    date = f"{options.date or '1970-01-01'} 00:00+0000"
    fields = {
        "Project-Id-Version": folded(options.project or "") or "glossary", "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": date, "PO-Revision-Date": date, "Last-Translator": "Automatically generated",
        "Language-Team": "none", "Language": gettext_language(way.target), "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _plural_forms(way.target), "X-Generator": "cctbx", "X-Source-Language": way.source,
        "X-Target-Language": way.target,
    }  # fmt: skip
    import polib

    lines = (polib.escape(f"{name}: {value}\n") for name, value in fields.items())
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}"\n' for line in lines)


def _untranslated(entry: ConceptEntry) -> bool:
    return any(each.category == TRANSLATION_NEEDED and each.text.casefold() == "no" for each in statements(entry))


def _lines(entry: ConceptEntry) -> list[str]:
    said = [each for each in labelled_lines(entry) if each.casefold() != f"{TRANSLATION_NEEDED}: no".casefold()]
    return [*said, f"concept: {line_quoted(entry.id)}"]


def _flags(pair: Pair, entry: ConceptEntry) -> list[str]:
    forbidden = ["forbidden"] if pair.target.administrative_status == DEPRECATED else []
    return forbidden + (["read-only"] if _untranslated(entry) else [])


_RANKS = {"preferredTerm-admn-sts": 0, None: 1, "admittedTerm-admn-sts": 2}


def write_po(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write a glossary PO, UTF-8 without a byte order mark. Two languages; see `pairs.direction`.

    Findings: those of `pairs.bilingual`, and LOS050, LOS066, LOS069 for statuses. Memory: one short key per msgid.
    """
    way, chosen = bilingual(stream, PO_KEEPS, options)
    losses = Losses(options.report)
    spool = Spool()
    best: dict[str, tuple[int, int]] = {}
    number = 0
    for whole in chosen:
        losses.concept = whole.id
        entry = _bare_status(whole, losses, way)
        lines = "\n".join(_lines(entry))
        ranks = {plain(t.term): _RANKS.get(t.administrative_status, 3) for t in whole.languages[0].terms}
        for pair in pairs_of(entry):
            source = plain(pair.source.term)
            best[source] = min(best.get(source, (9, 0)), (ranks[source], number))
            spool.append((entry.id, lines, source, plain(pair.target.term), _flags(pair, entry)))
            number += 1
    text = utf8_writer(out)
    text.write(_head(way, options))
    for message in _messages(spool, {place for _, place in best.values()}):
        text.write("\n" + message.__unicode__(wrapwidth=0))
    text.detach()
    spool.close()


def _messages(spool: Spool, bare: set[int]) -> Iterator[polib.POEntry]:
    """The messages, each with a context unless it is the one that may stand without."""
    import polib

    used: set[tuple[str, str]] = set()
    for number, (identifier, lines, source, target, flags) in enumerate(spool):
        context = None
        if number not in bare:
            context = _free(source, identifier, used)
            used.add((source, context))
        yield polib.POEntry(msgid=source, msgstr=target, msgctxt=context, comment=lines, flags=flags)


def _free(source: str, identifier: str, used: set[tuple[str, str]]) -> str:
    number, context = 1, identifier
    while (source, context) in used:
        number += 1
        context = f"{identifier}-{number}"
    return context


def _parsed(stream: BinaryIO, options: ReadOptions) -> polib.POFile:
    import polib

    content = stream.read()
    encoding = polib.detect_encoding(content, binary_mode=True) if content else "utf-8"
    certain, sure = guess_encoding(content[: 1 << 16])
    try:
        text = content.decode(certain if sure else encoding)
        Lines(text, options)
        return polib.pofile(text if "\n" in text else text + "\n")
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError(f"is not in the encoding it declares ({error})", file=options.file) from error
    except OSError as error:
        found = re.search(r"line (\d+)", str(error))
        message = re.sub(r"\s*\(line \d+\)", "", str(error))
        raise InputError(f"{message}; `msgfmt -c` shows more", file=options.file,
                         line=int(found[1]) if found else None) from error  # fmt: skip


def read_po(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read a PO file as a glossary: ours with its concepts, any other with a concept entry per message.

    Languages: options, `X-Source-Language` and `X-Target-Language` or `Language` of the header, the file's name; the
    source is English where nothing says otherwise (FMT107). Comments become statements where labelled, else notes.
    Raises `InputError` for a syntax error. Findings: FMT109 messages without translation, FMT116 plurals, fuzzy
    and obsolete ones, contexts that are no ids.
    """
    document = _parsed(stream, options)
    stated = document.metadata.get("X-Target-Language") or language_of_gettext(document.metadata.get("Language", ""))
    source = document.metadata.get("X-Source-Language")
    if not (source or options.source_language):
        say(options, "FMT107", "the source language is not stated; taken to be en", advice="add --source-language LL")
        source = "en"
    way = languages_read(options, source, stated or None)
    header = replace(header_of(way), source_descriptions=tuple(_described(document)))
    return TermBaseStream(header=header, concepts=_entries(document, way, options))


_CONCEPT = "concept: "
_TECHNICAL = frozenset({
    "POT-Creation-Date", "PO-Revision-Date", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    "Plural-Forms", "X-Generator", "X-Source-Language", "X-Target-Language",
})  # fmt: skip


def _described(document: polib.POFile) -> Iterator[str]:
    """What the header says of the collection: its comment, and its fields but for what we write in them ourselves."""
    if document.header.strip():
        yield document.header.strip()
    ours = document.metadata.get("X-Generator") == "cctbx"
    for name, value in document.metadata.items():
        if value.strip() and name not in _TECHNICAL and not (ours and name in _OUR_FIELDS):
            yield f"{name}: {value.strip()}"


def _entries(document: polib.POFile, way: Direction, options: ReadOptions) -> Iterator[ConceptEntry]:
    groups: dict[str, list[polib.POEntry]] = {}
    for message in document.obsolete_entries():
        text = f"obsolete message “{message.msgid}” (“{_translation(message)}”) is not read"
        say(options, "FMT116", text, line=message.linenum)
    for number, message in enumerate((each for each in document if not each.obsolete), start=1):
        named = next((each for each in message.comment.split("\n") if each.startswith(_CONCEPT)), None)
        identifier = line_unquoted(named.removeprefix(_CONCEPT)) if named else message.msgctxt or f"c{number}"
        again = not named and identifier in groups
        if message.msgctxt and (again or (named and not _is_context(message.msgctxt, identifier))):
            text = f"context “{message.msgctxt}” is not read: it is not the id of the message's concept"
            say(options, "FMT116", text, line=message.linenum)
        groups.setdefault(f"c{number}" if again else identifier, []).append(message)
        _check(message, options)
    for identifier, messages in groups.items():
        yield _entry(identifier, messages, way, options)


def _is_context(context: str, identifier: str) -> bool:
    """Whether a context is the one we give to a pair of this concept."""
    return context == identifier or bool(re.fullmatch(re.escape(identifier) + "-[0-9]+", context))


def _check(message: polib.POEntry, options: ReadOptions) -> None:
    line = message.linenum
    if message.msgid_plural:
        others = ", ".join(f"“{text}”" for place, text in sorted(message.msgstr_plural.items()) if place)
        told = f"“{message.msgid_plural}”, plural of “{message.msgid}”, is not read"
        say(options, "FMT116", f"{told}, nor {others}" if others else told, line=line)
    if not _translation(message):
        say(options, "FMT109", f"“{message.msgid}” has no translation", line=line)
    elif message.fuzzy:
        told = f"“{message.msgid}” is marked fuzzy; its translation was taken"
        say(options, "FMT116", told, line=line)
    before = [message.previous_msgctxt, message.previous_msgid, message.previous_msgid_plural]
    if any(before):
        told = f"what “{message.msgid}” was before is not read: “{'”, “'.join(filter(None, before))}”"
        say(options, "FMT116", told, line=line)


def _translation(message: polib.POEntry) -> str:
    return str(message.msgstr_plural.get(0, "") if message.msgid_plural else message.msgstr)


def _entry(identifier: str, messages: list[polib.POEntry], way: Direction, options: ReadOptions) -> ConceptEntry:
    pairs = [
        Pair(
            TermSection(term=each.msgid, line=each.linenum),
            TermSection(
                term=_translation(each), line=each.linenum,
                administrative_status=DEPRECATED if "forbidden" in each.flags else None,
            ),
        )
        for each in messages
    ]  # fmt: skip
    lines = _comments(messages[0])
    for each in messages[1:]:
        lines += [line for line in _comments(each) if line not in lines]
    if any("read-only" in each.flags for each in messages):
        lines.append(f"{TRANSLATION_NEEDED}: No")
    origin = Origin(file=options.file, line=messages[0].linenum)
    entry = ConceptEntry(id=identifier, languages=paired(pairs, way), origin=origin)
    return with_lines(entry, (line for line in lines if line != f"{_CONCEPT}{line_quoted(identifier)}"))


def _comments(message: polib.POEntry) -> list[str]:
    return [line for line in (*message.comment.split("\n"), *message.tcomment.split("\n")) if line]


def _sniff(head: bytes) -> bool:
    return bool(re.search(rb'^(?:#, fuzzy\r?\n)?msgid ""\r?\nmsgstr', head, re.MULTILINE))


PO = Format(
    name="po", title="glossary PO (gettext), bilingual", extensions=(".po", ".pot"), sniff=_sniff, read=read_po,
    write=write_po, keeps=PO_KEEPS, streaming=False, reduce=reduce_po,
)  # fmt: skip

