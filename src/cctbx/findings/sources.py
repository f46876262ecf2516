"""The codes of glossary pages: recognition, language, and what `cctbx doctor` sees (prefix SRC)."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

CODES: tuple[Code, ...] = (
    Code(code="SRC001", title="the page is empty", severity=Severity.ERROR),
    Code(code="SRC002", title="the page holds no recognisable entry", severity=Severity.ERROR),
    Code(code="SRC003", title="the stated language and the language of the page disagree"),
    Code(code="SRC004", title="the language of the page was recognised with doubt"),
    Code(code="SRC005", title="a list stands twice on the page; the copy was left out"),
    Code(code="SRC006", title="the tail of another entry was pasted into a definition"),
    Code(code="SRC007", title="an expansion or headword is misspelt, as the text itself shows"),
    Code(code="SRC008", title="the expansion does not give the letters of its acronym"),
    Code(code="SRC009", title="a definition is only a cross-reference", severity=Severity.INFORMATION),
    Code(code="SRC010", title="an entry is written in another language than its page"),
    Code(code="SRC011", title="an entry stands out of alphabetical order", severity=Severity.INFORMATION),
    Code(code="SRC012", title="a definition ends in mid-sentence"),
    Code(code="SRC013", title="a headword has no text"),
    Code(code="SRC014", title="two entries have the same headword"),
    Code(code="SRC015", title="two entries have the same definition"),
    Code(code="SRC016", title="a cross-reference names no entry of the page", severity=Severity.INFORMATION),
    Code(code="SRC017", title="bytes that do not fit the encoding were replaced"),
    Code(code="SRC018", title="brackets or quotation marks are not closed", severity=Severity.INFORMATION),
    Code(code="SRC019", title="the text of a link is glued to a definition", severity=Severity.INFORMATION),
    Code(code="SRC020", title="two layouts explain the page about equally well", severity=Severity.INFORMATION),
    Code(code="SRC021", title="the layout of a large page was told from a sample", severity=Severity.INFORMATION),
)  # fmt: skip
