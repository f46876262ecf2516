"""The user's own bilingual lexicons: compiled from TMX, PO, TBX, CSV/TSV and FreeDict files into a local cache."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cctbx.errors import InputError, UsageError
from cctbx.text.normal import primary
from cctbx.workflows.files import atomic_output, read_bytes

if TYPE_CHECKING:
    from cctbx.align.lexicons import Lexicon, LexiconRow

__all__ = ["Compiled", "add_lexicon", "bilingual_rows", "cache_directory", "list_lexicons", "local_lexicon",
           "remove_lexicon"]  # fmt: skip

Row = tuple[tuple[str, str], ...]
"""(primary language subtag, text) pairs that mean the same."""

_LONGEST_WORDS = 4
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKUP = re.compile(r"<[^>]*>|[%{]\w*[}sd]?|&(?=\w)|_(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A lexicon in the cache: its name, languages, rows kept and left out, origin and licence."""

    name: str
    file: Path
    languages: tuple[str, ...]
    rows: int
    left_out: int
    origin: str
    licence: str


def cache_directory() -> Path:
    """Where the user's lexicons live (the user data directory of the system)."""
    import platformdirs

    return Path(platformdirs.user_data_dir("cctbx", appauthor=False)) / "lexicons"


# Reading --------------------------------------------------------------------------------------------------------------


def bilingual_rows(file: str, content: bytes, *, phrases: bool, languages: tuple[str, ...] = ()) -> Iterator[Row]:
    """Rows of a lexicon or translation memory, by the kind its name and content show.

    `phrases`: only texts short enough for a lexicon are wanted. `languages` names those of a file that does not (PO: of
    source and translation; a dictionary: of headword and equivalents). Raises `InputError` for an unknown kind.
    """
    name = file.lower().removesuffix(".gz").removesuffix(".dz")
    for ending, reader in _READERS.items():
        if name.endswith(ending):
            for row in reader(content, languages, file):
                kept = tuple((tag, " ".join(text.split())) for tag, text in row if text and text.strip())
                if phrases:
                    kept = tuple((tag, text) for tag, text in kept if len(text.split()) <= _LONGEST_WORDS)
                if len({tag for tag, _ in kept}) > 1:
                    yield kept
            return
    raise InputError(f"not a lexicon I can read; known endings: {', '.join(_READERS)}", file=file)


def _xml(content: bytes, file: str, tags: tuple[str, ...]) -> Iterator[object]:
    """Elements with these local names, one by one; no entities, no network (untrusted input)."""
    from lxml import etree

    names = tuple(f"{{*}}{tag}" for tag in tags)
    try:
        for _, element in etree.iterparse(
            io.BytesIO(content), tag=names, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise InputError(f"is not well-formed XML: {error.msg}", file=file, line=error.lineno) from error


def _tmx(content: bytes, languages: tuple[str, ...], file: str) -> Iterator[Row]:
    for unit in _xml(content, file, ("tu",)):
        row = []
        for variant in unit.iterfind("{*}tuv"):  # type: ignore[attr-defined]
            segment = variant.find("{*}seg")
            tag = variant.get(_XML_LANG) or variant.get("lang") or ""
            if segment is not None and tag:
                row.append((primary(tag), "".join(segment.itertext())))
        yield tuple(row)


def _tbx(content: bytes, languages: tuple[str, ...], file: str) -> Iterator[Row]:
    for entry in _xml(content, file, ("termEntry", "conceptEntry")):
        row = []
        for section in entry.iterfind("*"):  # type: ignore[attr-defined]
            tag = section.get(_XML_LANG)
            if tag:
                row += [(primary(tag), "".join(term.itertext())) for term in section.iterfind(".//{*}term")]
        yield tuple(row)


def _tei(content: bytes, languages: tuple[str, ...], file: str) -> Iterator[Row]:
    """FreeDict: `form/orth` is the headword, `cit[@type="trans"]/quote` its equivalents."""
    source, target = _two(languages, file)
    for entry in _xml(content, file, ("entry",)):
        heads = [text for each in entry.iterfind(".//{*}orth") if (text := each.text)]  # type: ignore[attr-defined]
        quotes = [
            "".join(quote.itertext())
            for cit in entry.iterfind(".//{*}cit")  # type: ignore[attr-defined]
            if cit.get("type") in ("trans", "translation")
            for quote in cit.iterfind("{*}quote")
        ]
        # Each equivalent is a row of its own: equivalents of different senses are no synonyms.
        for quote in quotes:
            yield (*((source, head) for head in heads), (target, quote))


def _po(content: bytes, languages: tuple[str, ...], file: str) -> Iterator[Row]:
    import polib

    catalogue = polib.pofile(content.decode("utf-8", errors="replace"))
    stated = catalogue.metadata.get("Language", "")
    source, target = languages if len(languages) == 2 else ("en", primary(stated) if stated else "")
    if not target:
        raise UsageError(f"{file} states no language; name both: --languages en-sv")
    for entry in catalogue.translated_entries():
        if entry.msgstr and not entry.fuzzy:
            yield ((source, _MARKUP.sub("", entry.msgid)), (target, _MARKUP.sub("", entry.msgstr)))


def _csv(content: bytes, languages: tuple[str, ...], file: str) -> Iterator[Row]:
    """The first line names the languages; `|` or `;` between synonyms."""
    text = content.decode("utf-8-sig", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [primary(name.strip()) for name in next(rows, [])]
    places = [(n, tag) for n, tag in enumerate(header) if re.fullmatch(r"[a-z]{2,3}", tag) and tag != "pos"]
    if len(places) < 2:
        raise InputError("its first line must name at least two languages (en, sv, …)", file=file, line=1)
    for cells in rows:
        yield tuple(
            (tag, form) for n, tag in places if n < len(cells) for form in re.split(r"[|;]", cells[n]) if form.strip()
        )


def _dict(content: bytes, languages: tuple[str, ...], file: str) -> Iterator[Row]:
    """The text of a DICT database (`.dict`, `.dict.dz`): a headword line, then indented or numbered equivalents."""
    source, target = _two(languages, file)
    text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8", errors="replace")
    head = ""
    for line in text.splitlines():
        if line and not line[0].isspace() and not re.match(r"\d+[.)]", line):
            head = re.sub(r"\s*[/<\[(].*$", "", line).strip()
            continue
        for part in re.split(r"[,;]", re.sub(r"^\s*\d+[.)]\s*", "", line)):
            equivalent = re.sub(r"[<\[(][^>\])]*[>\])]", "", part).strip()
            if head and equivalent:
                yield ((source, head), (target, equivalent))


def _two(languages: tuple[str, ...], file: str) -> tuple[str, str]:
    if len(languages) == 2:
        return languages[0], languages[1]
    named = re.search(r"(?:^|[/\\])(?:freedict-)?([a-z]{3})-([a-z]{3})", file.lower())
    if named is None:
        raise UsageError(f"{file} does not show its languages; name both: --languages sv-en")
    return _alpha2(named[1]), _alpha2(named[2])


def _alpha2(code: str) -> str:
    """The tag of a three-letter code as FreeDict writes them."""
    import langcodes

    return primary(langcodes.standardize_tag(code))


_READERS = {
    ".tmx": _tmx, ".tbx": _tbx, ".tei": _tei, ".po": _po, ".csv": _csv, ".tsv": _csv, ".tab": _csv, ".dict": _dict,
    ".xml": _tei,
}  # fmt: skip


# The cache ------------------------------------------------------------------------------------------------------------


def add_lexicon(
    file: str, *, licence: str, name: str | None = None, origin: str | None = None, languages: str | None = None
) -> Compiled:
    """Compile a file into the cache, replacing a lexicon of the same name.

    Raises `InputError` for a file that holds nothing of use, `UsageError` for languages or a name that make no sense.
    """
    given = _languages(languages)
    label = re.sub(r"[^\w.-]+", "-", name or Path(file).name.split(".")[0]).strip("-.")
    if not label:
        raise UsageError(f"`{name}` is no name for a lexicon; use letters and digits")
    rows: dict[Row, None] = {}
    seen = 0
    for row in bilingual_rows(file, read_bytes(file), phrases=False, languages=given):
        seen += 1
        short = tuple(sorted({(tag, text) for tag, text in row if len(text.split()) <= _LONGEST_WORDS}))
        if len({tag for tag, _ in short}) > 1:
            rows[short] = None
    if not rows:
        raise InputError("holds no pair of short equivalents", file=file)
    tags = tuple(sorted({tag for row in rows for tag, _ in row}))
    target = cache_directory() / f"{label}.tsv"
    target.parent.mkdir(parents=True, exist_ok=True)
    origin = " ".join((origin or Path(file).name).split())
    licence = " ".join(licence.split())
    head = [f"# origin: {origin}", f"# licence: {licence}", f"# left out: {seen - len(rows)}", "\t".join(tags)]
    with atomic_output(target) as stream:
        stream.write(("\n".join([*head, *(_line(row, tags) for row in rows)]) + "\n").encode("utf-8"))
    return Compiled(name=label, file=target, languages=tags, rows=len(rows), left_out=seen - len(rows), origin=origin,
                    licence=licence)  # fmt: skip


def _languages(languages: str | None) -> tuple[str, ...]:
    if languages is None:
        return ()
    parts = tuple(primary(part) for part in re.split(r"[-,:]", languages) if part)
    if len(parts) != 2:
        raise UsageError(f"`{languages}` does not name two languages; write sv-en")
    return parts


def _line(row: Row, tags: Iterable[str]) -> str:
    cells: dict[str, list[str]] = defaultdict(list)
    for tag, text in row:
        cells[tag].append(text.replace("|", " ").replace("\t", " "))
    return "\t".join("|".join(cells[tag]) for tag in tags)


def list_lexicons() -> tuple[Compiled, ...]:
    """The lexicons of the cache, by name."""
    return tuple(_described(file) for file in sorted(cache_directory().glob("*.tsv")))


def _described(file: Path) -> Compiled:
    lines = file.read_text(encoding="utf-8").splitlines()
    stated = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    table = [line for line in lines if line and not line.startswith("#")]
    return Compiled(
        name=file.stem, file=file, languages=tuple(table[0].split("\t")) if table else (), rows=max(0, len(table) - 1),
        left_out=int(stated.get("left out", "0")), origin=stated.get("origin", ""), licence=stated.get("licence", ""),
    )  # fmt: skip


def remove_lexicon(name: str) -> None:
    """Take a lexicon out of the cache; raises `UsageError` naming those there are."""
    known = {each.name: each.file for each in list_lexicons()}
    if name not in known:
        raise UsageError(f"no lexicon `{name}` in the cache; there are: {', '.join(known) or 'none'}")
    known[name].unlink()


def local_lexicon() -> Lexicon | None:
    """The bundled lexicon with those of the cache, or None where the cache is empty (the bundled one alone)."""
    from cctbx.align.lexicons import bundled_lexicon, joined, read_table

    files = sorted(cache_directory().glob("*.tsv")) if cache_directory().is_dir() else []
    if not files:
        return None
    rows: list[LexiconRow] = []
    for file in files:
        rows += read_table(file.read_text(encoding="utf-8"))
    return joined(bundled_lexicon(), rows)
