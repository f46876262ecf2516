"""Documents put out of order: each disturbance brings new words, and says where all words of the outcome stand."""

from __future__ import annotations

import copy
import csv
import io
import re
from collections.abc import Callable
from random import Random
from typing import Any
from xml.parsers.expat import ParserCreate

from lxml import etree

from tests.formats.conserving import WORD, Place, Words, refreshed

__all__ = ["Table", "XmlDocument", "csv_rows", "line_places", "lines_disturbed", "row_places", "xml_places"]

FOREIGN = "urn:example:strange"


# XML


def _refresh(node: Any, words: Words) -> Any:
    for each in node.iter(etree.Element):
        each.text = refreshed(each.text, words) if each.text else each.text
        if each is not node and each.tail:
            each.tail = refreshed(each.tail, words)
        for name, value in each.attrib.items():
            each.set(name, refreshed(value, words))
    return node


def _element_only(node: Any) -> bool:
    texts = [node.text, *(each.tail for each in node)]
    return len(node) > 0 and not any(text and text.strip() for text in texts)


class XmlDocument:
    """An XML document that can be disturbed; every element of it stands on a line of its own."""

    def __init__(self, content: bytes, random: Random, words: Words) -> None:
        self.root: Any = etree.fromstring(content)
        self.random, self.words = random, words
        for node in self.root.iter(etree.Element):
            if _element_only(node):
                node.text = "\n"
                for each in node:
                    each.tail = "\n"

    def _any(self, *, root: bool = False) -> Any:
        found = list(self.root.iter(etree.Element))
        return self.random.choice(found if root or len(found) == 1 else found[1:])

    def _insert(self, node: Any, into: Any) -> None:
        node.tail = "\n"
        into.insert(self.random.randint(0, len(into)), node)

    def double(self) -> None:
        node = self._any()
        made = _refresh(copy.deepcopy(node), self.words)
        made.tail = "\n"
        if node.getparent() is not None:
            node.addnext(made)

    def unknown_element(self) -> None:
        name = self.random.choice(("strange", f"{{{FOREIGN}}}strange", "note", "hi"))
        node = etree.Element(name)
        node.text = self.words()
        if self.random.random() < 0.3:
            node.set("odd", self.words())
        if self.random.random() < 0.3:
            etree.SubElement(node, "inner").text = self.words()
        self._insert(node, self._any(root=True))

    def unknown_attribute(self) -> None:
        name = self.random.choice(("odd", f"{{{FOREIGN}}}odd"))
        self._any(root=True).set(name, self.words())

    def text_between(self) -> None:
        node = self._any(root=True)
        if self.random.random() < 0.5 or node is self.root:
            node.text = f"{node.text or ''}{self.words()}\n"
        else:
            node.tail = f"{node.tail or ''}{self.words()}\n"

    def moved(self) -> None:
        node, into = self._any(), self._any(root=True)
        if node is not self.root and node not in (into, *into.iterancestors()):
            self._insert(node, into)

    def nested(self) -> None:
        node = self._any()
        self._insert(_refresh(copy.deepcopy(node), self.words), node)

    def renamed(self) -> None:
        node = self._any()
        if node is not self.root:
            node.tag = self.random.choice(("strange", self._any().tag))

    def removed(self) -> None:
        node = self._any()
        if node is not self.root:
            node.getparent().remove(node)

    def attribute_moved(self) -> None:
        node, other = self._any(root=True), self._any(root=True)
        for name in other.keys():  # noqa: SIM118
            if WORD.search(other.get(name)) or self.random.random() < 0.3:
                node.set(name, self.words() if "lang" not in name else "en")

    def attribute_removed(self) -> None:
        node = self._any()
        if node.attrib:
            del node.attrib[self.random.choice(list(node.attrib))]

    def comment(self) -> None:
        self._insert(etree.Comment(" not a word "), self._any(root=True))

    def disturb(self, times: int) -> None:
        """Disturbs so many times."""
        ways: list[Callable[[], None]] = [
            self.double, self.double, self.unknown_element, self.unknown_element, self.unknown_attribute,
            self.unknown_attribute, self.text_between, self.text_between, self.moved, self.nested, self.renamed,
            self.removed, self.attribute_moved, self.attribute_removed, self.comment,
        ]  # fmt: skip
        for _ in range(times):
            self.random.choice(ways)()

    def content(self) -> bytes:
        """The document as it is now."""
        return bytes(etree.tostring(self.root, xml_declaration=True, encoding="utf-8"))


def xml_places(content: bytes, exempt: Callable[[str, str], bool] = lambda element, attribute: False) -> list[Place]:
    """Where the words of a document stand; not those in attributes that are `exempt`."""
    found: list[Place] = []
    parser = ParserCreate()
    parser.buffer_text = False
    holders: list[tuple[str, int]] = []

    def take(text: str, attribute: str = "") -> None:
        line = parser.CurrentLineNumber
        for offset, piece in enumerate(text.split("\n")):
            found.extend(
                Place(each, frozenset({line + (0 if attribute else offset)}), tuple(holders))
                for each in WORD.findall(piece)
            )

    def start(name: str, said: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        holders.append((local, parser.CurrentLineNumber))
        for key, value in said.items():
            if not exempt(local, key):
                take(value, key)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: holders.pop()
    parser.CharacterDataHandler = take
    parser.Parse(content, True)
    return found


# tables


class Table:
    """Rows of cells that can be disturbed. `heads`: the first row says what the columns hold."""

    def __init__(self, rows: list[list[str]], random: Random, words: Words, *, heads: bool = True) -> None:
        self.rows, self.random, self.words, self.heads = rows, random, words, heads
        self.torn = False

    def _row(self) -> list[str]:
        return self.random.choice(self.rows[1:] if self.heads and len(self.rows) > 1 else self.rows)

    def _place(self) -> int:
        return self.random.randint(1 if self.heads else 0, len(self.rows))

    def cell_too_many(self) -> None:
        self._row().append(self.words())

    def unknown_column(self) -> None:
        if self.heads:
            self._column(self.random.choice(("Strange column", f"Strange {self.words()}")))

    def repeated_column(self) -> None:
        if self.heads:
            self._column(self.random.choice(self.rows[0]))

    def nameless_column(self) -> None:
        if self.heads:
            self._column("")

    def _column(self, head: str) -> None:
        at = self.random.randint(0, len(self.rows[0]))
        self.rows[0].insert(at, head)
        for row in self.rows[1:]:
            row.insert(min(at, len(row)), self.words() if self.random.random() < 0.8 else "")

    def repeated_key(self) -> None:
        """A row again, with some of its cells the same."""
        made = [cell if self.random.random() < 0.5 else refreshed(cell, self.words) for cell in self._row()]
        self.rows.insert(self._place(), made)

    def second_head(self) -> None:
        self.rows.insert(self._place(), list(self.rows[0]))

    def comment_line(self) -> None:
        self.rows.insert(self._place(), [f"* {self.words()}"])

    def blank_cell(self) -> None:
        row = self._row()
        if row:
            row[self.random.randrange(len(row))] = ""

    def filled_cell(self) -> None:
        row = self._row()
        if row:
            row[self.random.randrange(len(row))] = self.words()

    def more_values(self) -> None:
        row = self._row()
        if row:
            row[self.random.randrange(len(row))] += f" | {self.words()} | {self.words()}"

    def blank_head(self) -> None:
        if self.heads:
            self.rows[0][self.random.randrange(len(self.rows[0]))] = ""

    def cut_row(self) -> None:
        row = self._row()
        del row[self.random.randint(0, len(row)) :]

    def swapped(self) -> None:
        row = self._row()
        self.random.shuffle(row)

    def tear(self) -> None:
        """A quote that does not end."""
        self.torn = True

    def disturb(self, times: int) -> None:
        """Disturbs so many times."""
        ways: list[Callable[[], None]] = [
            self.cell_too_many, self.unknown_column, self.repeated_column, self.nameless_column, self.repeated_key,
            self.repeated_key, self.second_head, self.comment_line, self.blank_cell, self.filled_cell,
            self.more_values, self.blank_head, self.cut_row, self.swapped, self.tear,
        ]  # fmt: skip
        for _ in range(times):
            self.random.choice(ways)()

    def delimited(self, delimiter: str, *, quoted: bool = True) -> bytes:
        """The rows as text."""
        if not quoted:
            return "".join(delimiter.join(row) + "\n" for row in self.rows).encode()
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(self.rows)
        lines = out.getvalue().splitlines(keepends=True)
        if self.torn and len(lines) > 1:
            at = self.random.randrange(1, len(lines))
            lines[at] = re.sub(r'"(?=\n|$)', "", lines[at], count=1)
        return "".join(lines).encode()


def row_places(rows: list[tuple[int, list[str]]], *, heads: bool = True) -> list[Place]:
    """Where the words of a table stand: the line its row begins at, the head of its column."""
    found: list[Place] = []
    names = [each.strip() for each in rows[0][1]] if heads and rows else []
    for number, (line, row) in enumerate(rows):
        for place, cell in enumerate(row):
            name = names[place] if place < len(names) and (number or not heads) else ""
            found += [
                Place(each, frozenset({line}), names=frozenset({name or f"column {place + 1}"}))
                for each in WORD.findall(cell)
            ]
    return found


def csv_rows(content: bytes, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows of a delimited text with the line each begins at."""
    reader = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter)
    found, first = [], 1
    for row in reader:
        found.append((first, row))
        first = reader.line_num + 1
    return [(line, row) for line, row in found if any(row)]


# lines


def lines_disturbed(lines: list[str], extra: list[str], random: Random, words: Words, times: int) -> list[str]:
    """Lines doubled, removed, changed in their order; and some of `extra` among them, with words in place of `W`."""
    lines = list(lines)
    for _ in range(times):
        at = random.randrange(len(lines) + 1)
        what = random.randrange(6)
        if what < 3:
            lines[at:at] = [re.sub("W", lambda found: words(), each) for each in random.choice(extra).split("\n")]
        elif what == 3 and at < len(lines):
            lines.insert(random.randrange(len(lines) + 1), refreshed(lines[at], words))
        elif what == 4 and at < len(lines):
            del lines[at]
        elif at < len(lines):
            lines.insert(at, refreshed(lines[at], words))
    return lines


def line_places(lines: list[str], exempt: Callable[[str], bool] = lambda line: False) -> list[Place]:
    """Where the words of a text stand; not those of lines that are `exempt`."""
    return [
        Place(each, frozenset({number}))
        for number, line in enumerate(lines, start=1)
        if not exempt(line)
        for each in WORD.findall(line)
    ]
