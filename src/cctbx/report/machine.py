"""Findings for machines: SARIF 2.1.0, JUnit XML, GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from cctbx.findings import Finding, Severity
from cctbx.findings.codes import CODE
from cctbx.report.findings import finding_line, finding_object

__all__ = ["FORMATS", "github", "json_lines", "junit", "sarif", "text"]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def text(findings: Iterable[Finding]) -> Iterator[str]:
    """One line a finding, as it comes."""
    return (finding_line(each) for each in findings)


def json_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """A JSON array, one finding a line, as it comes."""
    before = "["
    for each in findings:
        yield before + json.dumps(finding_object(each), ensure_ascii=False)
        before = ","
    yield "[]" if before == "[" else "]"


def _message(finding: Finding) -> str:
    subject = finding.concept or ""
    subject += f" [{finding.language}]" if finding.language else ""
    body = f"{finding.message}; {finding.advice}" if finding.advice else finding.message
    return f"{subject}: {body}" if subject else body


def _region(finding: Finding) -> dict[str, object]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {"region": {name: value for name, value in region.items() if value}} if finding.line else {}


def _result(finding: Finding) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code, "level": _LEVELS[finding.severity], "message": {"text": _message(finding)},
    }  # fmt: skip
    if finding.file:
        # a file name may hold blanks and signs that a URI may not
        place = {"artifactLocation": {"uri": quote(finding.file.replace("\\", "/"), safe="/:")}, **_region(finding)}
        location: dict[str, object] = {"physicalLocation": place}
        if finding.path:
            location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
        result["locations"] = [location]
    return result


def sarif(findings: Iterable[Finding]) -> Iterator[str]:
    """One SARIF 2.1.0 document: a run with the rules that occur and one result a finding."""
    listed = list(findings)
    rules = [
        {"id": code, "shortDescription": {"text": CODE[code].title},
         "defaultConfiguration": {"level": _LEVELS[CODE[code].severity]}}
        for code in sorted({each.code for each in listed}) if code in CODE
    ]  # fmt: skip
    driver = {"name": "cctbx", "rules": rules}
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(each) for each in listed]}],
    }  # fmt: skip
    yield json.dumps(document, ensure_ascii=False, indent=1)


def junit(findings: Iterable[Finding]) -> Iterator[str]:
    """JUnit XML: a suite a file, a test case a code, failed by errors and warnings."""
    suites: dict[str, dict[str, list[Finding]]] = {}
    for each in findings:
        suites.setdefault(each.file or "", {}).setdefault(each.code, []).append(each)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<testsuites>"
    for file, cases in suites.items():
        failed = {
            code for code, held in cases.items() if any(each.severity is not Severity.INFORMATION for each in held)
        }
        yield f'  <testsuite name={quoteattr(file)} tests="{len(cases)}" failures="{len(failed)}">'
        for code, held in sorted(cases.items()):
            title = CODE[code].title if code in CODE else code
            lines = escape("\n".join(finding_line(one) for one in held).translate(_ILLEGAL))
            kind = "failure" if code in failed else "system-out"
            attributes = f" message={quoteattr(f'{len(held)} × {title}')}" if code in failed else ""
            yield f"    <testcase classname={quoteattr(code)} name={quoteattr(title)}>"
            yield f"      <{kind}{attributes}>{lines}</{kind}>"
            yield "    </testcase>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _escaped(value: str, *, of_property: bool) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if of_property else value


def github(findings: Iterable[Finding]) -> Iterator[str]:
    """Workflow commands of GitHub Actions: one annotation a finding."""
    for each in findings:
        known = {"file": each.file, "line": each.line, "col": each.column, "title": each.code}
        properties = ",".join(
            f"{name}={_escaped(str(value), of_property=True)}" for name, value in known.items() if value is not None
        )
        yield f"::{_COMMANDS[each.severity]} {properties}::{_escaped(_message(each), of_property=False)}"


FORMATS: dict[str, Callable[[Iterable[Finding]], Iterator[str]]] = {
    "text": text, "json": json_lines, "sarif": sarif, "junit": junit, "github": github,
}  # fmt: skip
"""Forms of a list of findings by name: each turns findings into lines, as they come where the form allows."""
