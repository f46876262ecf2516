"""Changes for machines: JSON, CSV, JUnit, GitHub annotations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from cctbx.diff.changes import Bump, Change, Holds, text_of
from cctbx.diff.exchange import change_to_plain, head_to_plain
from cctbx.formats.cells import harmless
from cctbx.report.changes import Comparison, message
from cctbx.report.changes_numbers import summary, titled
from cctbx.report.findings import finding_line

__all__ = ["changes_csv", "changes_github", "changes_json", "changes_junit"]

COLUMNS = ("concept", "becomes", "label", "kind", "bump", "language", "term", "category", "old", "new", "confidence",
           "because", "instead")  # fmt: skip


def changes_json(comparison: Comparison) -> str:
    """The typed changes (`cctbx.diff.exchange`), one change a line so that files of changes can be compared, too."""
    plain = head_to_plain(comparison.changes, old=comparison.old, new=comparison.new)
    head = json.dumps(plain, ensure_ascii=False, indent=2).removesuffix("\n}")
    out = io.StringIO()
    out.write(f'{head},\n  "changes": [')
    between = "\n    "
    for each in comparison.changes:
        out.write(between + json.dumps(change_to_plain(each), ensure_ascii=False))
        between = ",\n    "
    out.write("\n  ]\n}\n" if comparison.changes.changes else "]\n}\n")
    return out.getvalue()


def _cells(change: Change) -> Iterator[str]:
    for column in COLUMNS:
        held = change.bump.value if column == "bump" else getattr(change, column)
        if column in ("old", "new", "term", "instead"):
            held = text_of(held)
        yield harmless("" if held is None else str(held))


def changes_csv(comparison: Comparison) -> str:
    """One row per change, with a header; UTF-8 text, CR LF, cells that look like formulas quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(list(_cells(each)) for each in comparison.changes)
    return out.getvalue()


def _legal(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (ord(char) >= 0x20 and not 0xD800 <= ord(char) <= 0xDFFF
                                                               and char not in "\ufffe\uffff"))  # fmt: skip


def _case(change: Change) -> str:
    name = f"{change.concept or 'term base'} {change.kind}"
    if change.language:
        name = f"{name} {change.language}"
    text = _legal(message(change))
    return (
        f"    <testcase classname={quoteattr(_legal(change.concept or 'term base'))} name={quoteattr(_legal(name))}>\n"
        f"      <failure type={quoteattr(change.bump.value)} message={quoteattr(text)}>{escape(text)}</failure>\n"
        "    </testcase>"
    )


def changes_junit(comparison: Comparison) -> str:
    """A JUnit file: every change is a failed test case; without changes, one case that passes."""
    cases = [_case(each) for each in comparison.changes]
    count, failures = max(len(cases), 1), len(cases)
    name = quoteattr(f"{comparison.old} → {comparison.new}")
    cases = cases or ['    <testcase classname="term base" name="no differences"/>']
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites tests="{count}" failures="{failures}">',
        f'  <testsuite name={name} tests="{count}" failures="{failures}">',
        *cases, "  </testsuite>", "</testsuites>", "",
    ))  # fmt: skip


_LEVELS = {Bump.BREAKING: "warning", Bump.MINOR: "notice", Bump.PATCH: "notice", Bump.NONE: "notice"}


def _command(text: str, *, inside: bool) -> str:
    """Text as a workflow command takes it; `inside`: as a property."""
    pairs = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *(((":", "%3A"), (",", "%2C")) if inside else ()))
    for char, code in pairs:
        text = text.replace(char, code)
    return text


def _annotation(change: Change, comparison: Comparison) -> str:
    place = [f"file={_command(comparison.new, inside=True)}"]
    gone = change.row.holds is Holds.CONCEPT and change.new is None
    line = None if gone else comparison.lines.get(change.becomes or change.concept or "")
    if line is not None:
        place.append(f"line={line}")
    place.append(f"title={_command(f'{titled(change.row)} ({change.bump})', inside=True)}")
    return f"::{_LEVELS[change.bump]} {','.join(place)}::{_command(message(change), inside=False)}"


def changes_github(comparison: Comparison) -> str:
    """Workflow commands that a GitHub runner shows as annotations at the concept entry in the new file."""
    lines = [_annotation(each, comparison) for each in comparison.changes]
    lines += [f"::notice::{_command(finding_line(each), inside=False)}" for each in comparison.changes.findings]
    return "\n".join((*lines, f"::notice::{summary(comparison.changes)}", ""))
