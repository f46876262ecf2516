"""The native form: JSON Lines, one concept entry a line, sorted by concept id, lossless.

The first line is `{"cctbx": 1, "header": …, "references": …}`; every other line is a concept entry as
`model.canonical.to_plain` gives it. Keys stand in the order of the model's fields, so that equal term bases give equal
bytes and a changed entry changes one line. UTF-8 without a byte order mark, LF.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from cctbx.errors import InputError
from cctbx.formats.contract import EVERYTHING, Format, ReadOptions, WriteOptions
from cctbx.formats.reporting import say
from cctbx.formats.spool import in_order
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Origin,
    ReferenceObject,
    TermBase,
    TermBaseStream,
    TermSection,
)
from cctbx.model.canonical import (
    from_plain,
    header_from_plain,
    header_to_plain,
    reference_from_plain,
    reference_to_plain,
    to_plain,
)

__all__ = ["JSONL", "read_jsonl", "write_jsonl"]

VERSION = 1
_DAMAGE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


def _line(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(", ", ": ")) + "\n"


def _kind(model: type[Any], **others: str) -> dict[str, str]:
    """The keys of a level; behind each what it holds: statements, nothing but a string, or as told."""
    fields = ((name, each.type) for name, each in model.__dataclass_fields__.items() if name not in ("line", "origin"))
    return {name: "statement" if kind == "Statements" else "" for name, kind in fields} | others


_KINDS: dict[str, dict[str, str]] = {
    "concept": _kind(ConceptEntry, languages="language"), "language": _kind(LanguageSection, terms="term"),
    "term": _kind(TermSection, term="text"),
    "statement": _kind(DataCategory, value="text", group="statement"),
    "inline": {"kind": "", "name": "", "attributes": "attributes", "content": "text"},
    "header": {
        "language": "", "title": "", "title_notes": "texts", "publication": "texts", "source_descriptions": "texts",
        "encoding_descriptions": "texts", "revisions": "revision", "others": "statement",
    },
    "revision": {"language": "", "id": "", "paragraphs": "texts"},
    "reference": {"kind": "", "id": "", "items": "item"},
    "item": {"type": "", "value": "text", "id": "", "group": "item", "others": "statement"},
}  # fmt: skip


def _unread(plain: Any, kind: str, found: list[str], *, null: bool = False) -> list[str]:
    """The keys of an object, and of those in it, that mean nothing where they stand, gathered in `found`.

    Raises ValueError where something else stands than strings, lists and objects where each belongs: what is read must
    not fail later, in a writer. With `null`, what is absent may stand as null.
    """
    if type(plain) is not dict:
        raise ValueError(f"{plain!r:.40} is no object")
    known = _KINDS[kind]
    for name, held in plain.items():
        inner = known.get(name)
        if inner == "":
            if type(held) is not str and not (null and held is None):
                raise ValueError(f"`{name}` must be a text, not {held!r:.40}")
        elif inner is None:
            found.append(name)
        elif not (null and held is None):
            _unread_inside(name, held, inner, found, null)
    return found


def _unread_inside(name: str, held: Any, kind: str, found: list[str], null: bool) -> None:
    """The same for what a key holds: a text, attributes, or a list."""
    if kind == "text":
        if type(held) is not str:
            _unread_text(name, held, found)
    elif kind == "attributes":
        if type(held) is not dict or any(type(each) is not str for each in held.values()):
            raise ValueError(f"`{name}` must be an object of texts, not {held!r:.40}")
    elif type(held) is not list:
        raise ValueError(f"`{name}` must be a list, not {held!r:.40}")
    else:
        for each in held:
            if type(each) is dict and kind != "texts":
                _unread(each, kind, found, null=null)
            elif type(each) is not str or kind not in ("statement", "texts"):
                _unread_text(name, each, found)


def _unread_text(name: str, held: Any, found: list[str]) -> None:
    if type(held) is str:
        return
    if type(held) is not list:
        raise ValueError(f"`{name}` must be a text, not {held!r:.40}")
    for part in held:
        if type(part) is dict:
            _unread(part, "inline", found)
        elif type(part) is not str:
            raise ValueError(f"{part!r:.40} is no text")


class _Parser:
    """Parses the lines; keys that stand twice in an object are remembered for `twice`."""

    def __init__(self) -> None:
        self._twice: list[str] = []
        self.parse = json.JSONDecoder(object_pairs_hook=self._object).decode

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _ in pairs]
            self._twice += [name for name in made if names.count(name) > 1]
        return made

    def say(self, unread: list[str], line: int, options: ReadOptions, concept: str | None = None) -> None:
        """Reports keys nobody reads and keys that stood twice since it was called last."""
        twice, self._twice = self._twice, []
        if unread:
            say(options, "FMT116", f"not read: {', '.join(dict.fromkeys(unread))}", line=line, concept=concept)
        if twice:
            message = f"{', '.join(dict.fromkeys(twice))} stands twice in an object: the last is read"
            say(options, "FMT117", message, line=line, concept=concept)


def _head(first: bytes, options: ReadOptions) -> tuple[Header, tuple[ReferenceObject, ...]]:
    """Header and back matter from the first line; raises `InputError` where it is not ours."""
    try:
        parser = _Parser()
        plain = parser.parse(first.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogatepass"))
        version = plain.pop("cctbx")
        unread = [name for name in plain if name not in ("header", "references")]
        _unread(plain.get("header", {}), "header", unread, null=True)
        for each in plain.get("references", ()):
            _unread(each, "reference", unread, null=True)
        parser.say(unread, 1, options)
        if version > VERSION:
            message = f"is version {version} of the native form; this program knows {VERSION}"
            say(options, "FMT113", message, line=1, advice="update this program")
        references = tuple(reference_from_plain(each) for each in plain.get("references", ()))
        return header_from_plain(plain.get("header", {})), references
    except _DAMAGE as error:
        message = f"first line is not a header of the native form ({_reason(error)})"
        raise InputError(message, file=options.file, line=1) from error


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def read_jsonl(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read the native form, line by line. Raises `InputError` where the first line is not its header.

    Findings: FMT112 a line that could not be read, FMT113 a newer version, FMT116 keys nobody reads, FMT117
    keys that stand twice.
    """
    header, references = _head(stream.readline(), options)

    def concepts() -> Iterator[ConceptEntry]:
        parser = _Parser()
        for number, line in enumerate(stream, start=2):
            if not line.strip():
                continue
            try:
                plain = parser.parse(line.decode("utf-8", "surrogatepass"))
                unread = _unread(plain, "concept", [])
                entry = from_plain(plain)
            except _DAMAGE as error:
                say(options, "FMT112", f"concept entry passed over: {_reason(error)}", line=number)
                continue
            parser.say(unread, number, options, entry.id)
            yield replace(entry, origin=Origin(file=options.file, line=number))

    return TermBaseStream(header=header, concepts=concepts(), references=lambda: references)


def write_jsonl(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write the native form: everything is kept, nothing reported. Sorting runs in bounded memory."""
    lines = in_order((entry.id, number, _line(to_plain(entry))) for number, entry in enumerate(stream))
    first = next(lines, None)  # the back matter is complete once the entries are exhausted
    head: dict[str, Any] = {"cctbx": VERSION, "header": header_to_plain(stream.header)}
    references = stream.references()
    if references:
        head["references"] = [reference_to_plain(each) for each in references]
    out.write(_line(head).encode("utf-8", "surrogatepass"))
    if first is not None:
        out.write(first[2].encode("utf-8", "surrogatepass"))
    out.writelines(line.encode("utf-8", "surrogatepass") for _, _, line in lines)


def reduce_jsonl(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """Everything, in the order of the concept ids."""
    base = stream.materialise()
    return TermBase(
        header=base.header, concepts=tuple(sorted(base.concepts, key=lambda each: each.id)), references=base.references
    ).stream()


def _sniff(head: bytes) -> bool:
    return head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b'{"cctbx":')


JSONL = Format(
    name="jsonl", title="native form: JSON Lines, lossless, one concept entry a line", extensions=(".jsonl",),
    sniff=_sniff, read=read_jsonl, write=write_jsonl, keeps=EVERYTHING, reduce=reduce_jsonl,
)  # fmt: skip
