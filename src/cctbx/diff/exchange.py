"""Changes as JSON-able values and back: the form of `cctbx diff --json`, read by `cctbx apply`.

The document says its format and version; a reader refuses a version it does not know. Keys are the fields of `Change`;
what is absent or has its default is left out. The schema stands in `schemas/cctbx/changes-1.schema.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cctbx.diff.changes import KIND, Change, Changes, Holds, Kind, Value
from cctbx.diff.release import Forbidden, forbidden
from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermSection, Text
from cctbx.model.canonical import (
    from_plain,
    header_from_plain,
    header_to_plain,
    reference_from_plain,
    reference_to_plain,
    to_plain,
)

__all__ = ["FORMAT", "VERSION", "change_from_plain", "change_to_plain", "changes_from_plain", "changes_to_plain",
           "head_to_plain"]  # fmt: skip

FORMAT = "cctbx-changes"
VERSION = 1

Plain = dict[str, Any]


def _section_to_plain(section: Any) -> Any:
    return to_plain(ConceptEntry(id="", languages=(section,)))["languages"][0]


def _section_from_plain(plain: Any) -> LanguageSection:
    return from_plain({"id": "", "languages": [plain]}).languages[0]


def _term_to_plain(term: Any) -> Any:
    return _section_to_plain(LanguageSection(language="", terms=(term,)))["terms"][0]


def _term_from_plain(plain: Any) -> TermSection:
    return _section_from_plain({"language": "", "terms": [plain]}).terms[0]


def _statement_to_plain(statement: Any) -> Any:
    return to_plain(ConceptEntry(id="", others=(statement,)))["others"][0]


def _statement_from_plain(plain: Any) -> DataCategory:
    return from_plain({"id": "", "others": [plain]}).others[0]


def _text_to_plain(text: Any) -> Any:
    return _term_to_plain(TermSection(term=text))["term"]


def _text_from_plain(plain: Any) -> Text:
    return _term_from_plain({"term": plain}).term


def _same(held: Any) -> Any:
    return held


_CODECS: dict[Holds, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    Holds.NOTHING: (_text_to_plain, _text_from_plain),
    Holds.CONCEPT: (to_plain, from_plain),
    Holds.SECTION: (_section_to_plain, _section_from_plain),
    Holds.DESIGNATION: (_term_to_plain, _term_from_plain),
    Holds.TERM: (_text_to_plain, _text_from_plain),
    Holds.STATEMENT: (_statement_to_plain, _statement_from_plain),
    Holds.NUMBER: (_same, _same),
    Holds.IDENTIFIER: (_same, _same),
    Holds.HEADER: (header_to_plain, header_from_plain),
    Holds.RESOURCE: (reference_to_plain, reference_from_plain),
}
"""How the values of `old` and `new` become plain and come back; of Holds.NOTHING they are terms, for people."""

_PLAIN_FIELDS = (
    "concept", "becomes", "language", "section", "nth", "category", "alike", "confidence", "because", "label",
    "preferred",
)  # fmt: skip
_DEFAULTS: Plain = {"section": 0, "nth": 0, "alike": 0, "confidence": 1.0, "label": "", "preferred": False}


def change_to_plain(change: Change) -> Plain:
    """A change as dictionaries, lists, strings and numbers."""
    plain: Plain = {"kind": change.kind.value, "bump": change.bump.value}
    for name in _PLAIN_FIELDS:
        held = getattr(change, name)
        if held != _DEFAULTS.get(name):
            plain[name] = held
    outward = _CODECS[change.row.holds][0]
    texts: tuple[tuple[str, Value, Callable[[Any], Any]], ...] = (
        ("term", change.term, _text_to_plain), ("old", change.old, outward), ("new", change.new, outward),
    )  # fmt: skip
    plain.update((name, code(held)) for name, held, code in texts if held is not None)
    for name in ("subjects", "statuses"):
        if held := getattr(change, name):
            plain[name] = list(held)
    if change.parts:
        plain["parts"] = [change_to_plain(each) for each in change.parts]
    return plain


def change_from_plain(plain: Mapping[str, Any]) -> Change:
    """The change that `change_to_plain` made. Raises KeyError, TypeError or ValueError for anything else."""
    kind = Kind(plain["kind"])
    inward = _CODECS[KIND[kind].holds][1]
    values = {name: inward(plain[name]) for name in ("old", "new") if name in plain}
    if "term" in plain:
        values["term"] = _text_from_plain(plain["term"])
    return Change(
        kind=kind,
        subjects=tuple(plain.get("subjects", ())),
        statuses=tuple(plain.get("statuses", ())),
        parts=tuple(change_from_plain(each) for each in plain.get("parts", ())),
        **{name: plain[name] for name in _PLAIN_FIELDS if name in plain},
        **values,
    )


def _finding_to_plain(finding: Finding) -> Plain:
    fields = {"code": finding.code, "message": finding.message, "advice": finding.advice, "concept": finding.concept}
    return {name: held for name, held in fields.items() if held is not None}


def _forbidden_to_plain(found: Forbidden) -> Plain:
    """What must not be used any more: where it is, its status, and what to use instead, if there is anything."""
    plain = {"concept": found.concept, "label": found.label, "language": found.language,
             "term": _text_to_plain(found.term), "status": found.status}  # fmt: skip
    return plain if found.instead is None else {**plain, "instead": _text_to_plain(found.instead)}


def head_to_plain(changes: Changes, *, old: str | None = None, new: str | None = None) -> Plain:
    """The document but for the changes themselves."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "old": {"file": old, "concepts": changes.old},
        "new": {"file": new, "concepts": changes.new},
        "matched": {"by_id": changes.matched_by_id, "by_content": changes.matched_by_content},
        "bump": changes.bump.value,
        "findings": [_finding_to_plain(each) for each in changes.findings],
        "forbidden": [_forbidden_to_plain(each) for each in forbidden(changes)],
    }


def changes_to_plain(changes: Changes, *, old: str | None = None, new: str | None = None) -> Plain:
    """The whole document; `old` and `new` are the names of the two files, as given."""
    return {**head_to_plain(changes, old=old, new=new), "changes": [change_to_plain(each) for each in changes]}


def changes_from_plain(plain: Any, *, file: str | None = None) -> Changes:
    """The changes of a document. Raises `InputError` where it is none, or of a later version."""
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise InputError("is not a file of changes: make one with `cctbx diff --json`", file=file)
    if plain.get("version") != VERSION:
        raise InputError(f"is of version {plain.get('version')}; this program reads version {VERSION}", file=file)
    try:
        return Changes(
            changes=tuple(change_from_plain(each) for each in plain["changes"]),
            old=plain["old"]["concepts"],
            new=plain["new"]["concepts"],
            matched_by_id=plain["matched"]["by_id"],
            matched_by_content=plain["matched"]["by_content"],
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(f"holds a change that cannot be read ({error!r})", file=file) from error


