"""Where entries open in tables: rows of cells, and tables flattened to one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cctbx.sources.acronyms import is_acronym
from cctbx.sources.drafts import Head
from cctbx.sources.english import is_english
from cctbx.sources.features import headness, label_words
from cctbx.sources.page import Page, order_share
from cctbx.sources.tongues import named_language

__all__ = ["by_column", "by_period", "by_row", "column_roles"]

_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s*(?=\S)")
_CELL_HEAD = 0.55
_HEADER_WORDS, _TITLE_ROWS, _THREE = 4, 4, 3
_COLUMN_ROLES = {"term": "terms", "terms": "terms", "definition": "texts", "text": "texts", "skip": ""}


def _mean(values: Iterable[float]) -> float:
    """The average of at least one value."""
    known = list(values)
    return sum(known) / len(known)


def column_roles(cells: tuple[str, ...], *, loose: bool = False) -> list[str] | None:
    """Roles of the columns if the cells are a header row (at least two known names), else None.

    A language names a column too: where no other holds the terms, the first such column does. `loose` looks for known
    names among the words of short cells (`Norsk ord`, `Termin polski`).
    """
    found = [_role(cell, loose=loose) for cell in cells]
    known = [role for role in found if role]
    if len(known) < min(2, len([cell for cell in cells if cell])) or not known:
        return None
    if "language" in found and len(known) > 1:
        first = found.index("language")
        if "terms" not in found or (first < found.index("terms") and first == 0):
            found[first] = "terms"
    found = ["others" if role == "language" else role for role in found]
    if "terms" not in found and "texts" in found[1:] and found[0] != "texts":
        found[0] = "terms"
    return found if "terms" in found else None


def _role(cell: str, *, loose: bool) -> str:
    """What a column of this name holds: `terms`, `texts`, `others`, terms of a `language`, or `` for nothing known."""
    roles, bare = label_words(), cell.strip(" :*").lower()
    words = bare.split()
    if named_language(bare):
        return "language"
    if bare in roles:
        return roles[bare]
    if not words or len(words) > _HEADER_WORDS or cell[-1:] in ".!?,;":
        return ""
    if not loose or len(words) == 1:
        return ""
    return next((roles[word] for word in words if word in roles), "")


def by_row(page: Page, variant: str) -> list[Head]:
    """A row per entry; a header row names the columns, else headness and length tell term from definition."""
    heads: list[Head] = []
    rows = [i for i, line in enumerate(page.lines) if line.cells and not page.fixed[i] and any(line.cells)]
    groups = _groups(page, rows)
    headed = any(_is_header(page.lines[group[0]].cells) for group in groups)
    for group in groups:
        if not headed or len(group) >= _THREE or _is_header(page.lines[group[0]].cells):
            heads += _rows_of(page, group)
    return heads


def _groups(page: Page, rows: list[int]) -> list[list[int]]:
    """Rows that stand together: a new table opens at a header row or after other text."""
    groups: list[list[int]] = []
    for index in rows:
        cells = page.lines[index].cells
        if not groups or index - groups[-1][-1] > 2 or (sum(map(bool, cells)) > 1 and column_roles(cells)):
            groups.append([])
        groups[-1].append(index)
    return groups


def _rows_of(page: Page, rows: list[int]) -> list[Head]:
    given = page.document.columns
    top = next((n for n in range(min(len(rows), _TITLE_ROWS)) if _is_header(page.lines[rows[n]].cells)), None)
    header = page.lines[rows[top or 0]].cells
    found = column_roles(header, loose=True) if top is not None else None
    roles = [_COLUMN_ROLES.get(name, name) for name in given] if given else found
    body = rows[top + 1 :] if top is not None else rows
    if not body:
        return []
    width = max(len(page.lines[i].cells) for i in rows)
    term, text = _columns(page, body, roles, width)
    if term is None or (text is None and not roles):
        return []
    names = header if top is not None else given or _unnamed(page, body, term, text, width)
    stated = roles is not None and roles[term] == "terms"
    return [head for i in body if (head := _row(page, i, term, text, names, stated=stated))]


def _is_header(cells: tuple[str, ...]) -> bool:
    """A row of names of columns, of which at least two are known."""
    return sum(map(bool, cells)) > 1 and column_roles(cells, loose=True) is not None


def _unnamed(page: Page, rows: list[int], term: int, text: int | None, width: int) -> tuple[str, ...]:
    """Names for columns without: short cells that never repeat, beside term and definition, are equivalents."""
    names = [""] * width
    column = [page.lines[i].cells[n] if len(page.lines[i].cells) > n else "" for n in range(width) for i in rows]
    for n in range(width) if width == _THREE and text is not None and len(rows) >= _THREE else ():
        cells = [each for each in column[n * len(rows) : (n + 1) * len(rows)] if each]
        like = len(set(cells)) >= 0.9 * len(rows) and _mean(headness(each, page.language) for each in cells) >= 0.7
        if n not in (term, text) and like and not any(is_acronym(each) or each[0].isdigit() for each in cells):
            english = sum(is_english(each, page.language) for each in cells)
            names[n] = "english" if page.language != "en" and english >= 0.25 * len(cells) else "synonym"
    return tuple(names)


def _row(page: Page, index: int, term: int, text: int | None, names: tuple[str, ...], *, stated: bool) -> Head | None:
    """The head a row opens; where nobody says that the column holds terms, only for what looks like one."""
    cells = page.lines[index].cells
    if term >= len(cells):
        return None
    headword = _NUMBERED.sub("", cells[term]) if _NUMBERED.match(cells[term]) else cells[term]
    if not headword or (not stated and headness(headword, page.language) < 0.3):
        return None
    others = tuple(
        (names[n] if n < len(names) else "", cell)
        for n, cell in enumerate(cells)
        if n not in (term, text) and cell and not cell.strip(".)").isdigit()
    )
    definition = cells[text] if text is not None and text < len(cells) else ""
    return Head(index, headword, definition, body=[], columns=others)


def _columns(page: Page, rows: list[int], roles: list[str] | None, width: int) -> tuple[int | None, int | None]:
    """Which column holds the term and which the definition."""
    cells = [page.lines[i].cells for i in rows]

    def column(n: int) -> list[str]:
        return [row[n] for row in cells if n < len(row) and row[n]]

    lengths = [_mean(map(len, column(n))) if column(n) else 0.0 for n in range(width)]
    headlike = [
        _mean(headness(_NUMBERED.sub("", cell), page.language) for cell in column(n)[:200])
        if column(n) and not all(cell.strip(".)").isdigit() for cell in column(n))
        else 0.0
        for n in range(width)
    ]
    named = [n for n, role in enumerate(roles or []) if role == "terms"]
    term = (
        max(named, key=lambda n: (sum(len(row) > n and bool(row[n]) for row in cells), -n))
        if named
        else next((n for n, v in enumerate(headlike) if v >= 0.6), None)
    )
    if term is None:
        return None, None
    texts = [n for n, role in enumerate(roles or []) if role == "texts"]
    others = [n for n in range(width) if n != term and lengths[n]]
    text = texts[0] if texts else max(others, key=lambda n: lengths[n], default=None)
    return term, text


def _usable(page: Page) -> list[int]:
    """Lines that may be cells: no furniture, no title on top."""
    usable = [i for i in range(len(page)) if not page.fixed[i] and not page.lines[i].cells]
    while usable and page.head[usable[0]] >= 0.5 and page.names_glossary(page.text(usable[0])) and len(usable) > 3:
        usable = usable[1:]
    return usable


def _after_header(page: Page, usable: list[int]) -> tuple[int, list[str], list[str]]:
    """Where rows begin: behind a run of lines that are column names; 0 and no names where there is none."""
    roles = label_words()
    for place in range(min(len(usable), 60)):
        names = []
        while place < len(usable) and (role := roles.get(page.text(usable[place]).strip(" :").lower())):
            names.append((page.text(usable[place]), role))
            place += 1
        if len(names) >= 2 and "terms" in {role for _, role in names[:2]}:
            return place, [name for name, _ in names], [role for _, role in names]
    return 0, [], []


def by_column(page: Page, variant: str) -> list[Head]:
    """`1+1`: one short cell before the long one, at most one after it. The cell after is often missing."""
    before, after = map(int, variant.split("+"))
    usable = _usable(page)
    start, names, roles = _after_header(page, usable)
    usable = usable[start:]
    if "texts" in roles and (roles.index("texts"), len(roles) - 1) != (before, before + after):
        return []
    long = [(page.body[i] >= 0.5 and page.body[i] >= page.head[i] - 0.2) or page.is_field(page.text(i)) for i in usable]
    heads: list[Head] = []
    place, last, extra = 0, 0, 0
    while place + before < len(usable):
        window = usable[place : place + before]
        opening = usable[place + before]
        wrapped = page.lines[opening].gap == 0 and page.text(opening)[0].islower() and before > 1
        headlike = page.head[window[0]] >= _CELL_HEAD and not any(long[place : place + before])
        if wrapped or not long[place + before] or not headlike:
            place += 1
            continue
        end = place + before + 1
        while end < len(usable) and long[end]:
            end += 1
        body = usable[place + before : end]
        cells = tuple((names[n + 1] if len(names) > n + 1 else "", page.text(i)) for n, i in enumerate(window[1:]))
        heads.append(Head(window[0], page.text(window[0]), body=body, columns=cells, cells=tuple(window[1:])))
        gap = _shorts(long, end) - before
        if gap > 0 and not (page.sentence[usable[end - 1]] or page.lines[usable[end]].gap):
            gap = 0
        if 0 < gap <= after:
            extra += 1
            end += gap
        place = last = end
    if len(heads) < 3 or (after and extra < 0.5 * len(heads)):
        return []
    led = any(long[: usable.index(heads[0].index)])
    if before > 1 and not roles and led and _shorts(long, last) > 0:
        return []  # a long cell stands before the first row, a short one behind the last: the cells stand behind
    if after and not roles and extra == len(heads) - 1 and _shorts(long, last) == 0 and before + after == 2:
        return []  # always the same number between two long cells, none behind the last: the cells stand before
    return heads


def _shorts(long: list[bool], place: int) -> int:
    end = place
    while end < len(long) and not long[end]:
        end += 1
    return end - place


def by_period(page: Page, variant: str) -> list[Head]:
    """Every row has the same number of lines; the columns are told by a header, or by length and order."""
    width = int(variant)
    usable = _usable(page)
    start, names, roles = _after_header(page, usable)
    if names and len(names) != width:
        return []
    best: list[Head] = []
    for offset in (start,) if names else range(min(width + 3, max(1, len(usable) - 2 * width))):
        rows = [usable[i : i + width] for i in range(offset, len(usable) - width + 1, width)]
        heads = _period_heads(page, rows, names, roles)
        if len(heads) > len(best):
            best = heads
    return best


def _period_heads(page: Page, rows: list[list[int]], names: list[str], roles: list[str]) -> list[Head]:
    if len(rows) < 3:
        return []
    width = len(rows[0])
    term = roles.index("terms") if "terms" in roles else 0
    lengths = [_mean(len(page.text(row[n])) for row in rows) for n in range(width)]
    text = (
        roles.index("texts")
        if "texts" in roles
        else max((n for n in range(width) if n != term), key=lambda n: lengths[n])
    )
    fitting = [row for row in rows if page.head[row[term]] >= 0.6 and not page.sentence[row[term]]]
    ordered = order_share([page.text(row[term]) for row in rows]) >= 0.85
    if (
        len(fitting) < 0.9 * len(rows)
        or not (names or ordered)
        or lengths[term] >= lengths[text] * (0.95 if names else 0.8)
    ):
        return []
    return [
        Head(
            row[0],
            page.text(row[term]),
            body=[row[text]],
            cells=tuple(i for i in row[1:] if i != row[text]) if names else (),
            columns=tuple(
                (names[n] if names else "", page.text(row[n])) for n in range(width) if n not in (term, text)
            ),
        )
        for row in fitting
    ]
