"""What the parser says of XML that is not well-formed, and what a person can do about it."""

from __future__ import annotations

import re

__all__ = ["explained"]

_PLACE = re.compile(r",? \(?(?:<string>, )?line \d+(?:, column \d+)?\)?$|, line \d+, column \d+")

_ADVICE = (
    ("EntityRef", "write &amp; where an ampersand is meant"),
    ("Entity '", "write the character itself: only amp, lt, gt, quot and apos are known"),
    ("StartTag: invalid element name", "write &lt; where a less-than sign is meant"),
    ("Unescaped '<'", "write &lt; where a less-than sign is meant"),
    ("Opening and ending tag mismatch", "close every element, in the order they were opened"),
    ("not proper UTF-8", "save the file as UTF-8, or declare the encoding it is in"),
    ("Input is not proper", "save the file as UTF-8, or declare the encoding it is in"),
    ("invalid Char value", "remove the control character"),
    ("invalid xmlChar value", "remove the control character"),
    ("CharRef", "a character is written &#8364; or &#x20AC;"),
    ("Premature end of data", "the file seems to be cut off: fetch it again"),
    ("Extra content at the end", "one root element holds everything: remove what follows its end"),
    ("AttValue", "put the value of every attribute into quotation marks"),
    ("redefined", "keep one of the attributes"),
    ("Comment not terminated", "end the comment with -->"),
    ("Double hyphen within comment", "a comment may not hold two hyphens: write one"),
    ("Sequence ']]>'", "write ]]&gt; in texts"),
    ("CData section not finished", "end the section with ]]>"),
    ("Namespace prefix", "declare the prefix at the root element"),
    ("XML declaration allowed only", "remove what is in front of <?xml"),
    ("Start tag expected", "this does not begin like XML: is it the right file?"),
    ("Document is empty", "there is nothing in it: is it the right file?"),
)


def explained(message: str) -> tuple[str, str | None]:
    """The message of the parser without the place (a finding has one), and advice where there is some."""
    said = _PLACE.sub("", message).strip() or message
    return said, next((advice for word, advice in _ADVICE if word in message), None)
