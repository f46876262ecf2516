"""What every format with both directions promises, stated once."""

from __future__ import annotations

import io
import json

from cctbx.findings import Finding
from cctbx.formats.contract import Format, ReadOptions, WriteOptions
from cctbx.model import ConceptEntry, TermBase
from cctbx.model.canonical import header_to_plain, reference_to_plain, to_plain


def written(format_: Format, base: TermBase, options: WriteOptions | None = None) -> bytes:
    assert format_.write is not None
    out = io.BytesIO()
    format_.write(base.stream(), out, options or WriteOptions())
    return out.getvalue()


def read(format_: Format, content: bytes, options: ReadOptions | None = None) -> TermBase:
    assert format_.read is not None
    return format_.read(io.BytesIO(content), options or ReadOptions()).materialise()


def reduced(format_: Format, base: TermBase, options: WriteOptions | None = None) -> TermBase:
    assert format_.reduce is not None
    return format_.reduce(base.stream(), options or WriteOptions()).materialise()


def check_round_trip(
    format_: Format, base: TermBase, options: WriteOptions | None = None, reading: ReadOptions | None = None
) -> None:
    """read∘write is what the format keeps, and writing that again gives the same bytes."""
    content = written(format_, base, options)
    back = read(format_, content, reading)
    kept = reduced(format_, base, options)
    for one, other in zip(back.concepts, kept.concepts, strict=True):
        assert json.dumps(to_plain(one)) == json.dumps(to_plain(other))
    assert header_to_plain(back.header) == header_to_plain(kept.header)
    assert [reference_to_plain(each) for each in back.references] == [reference_to_plain(e) for e in kept.references]
    assert back == kept
    assert written(format_, back, options) == content


def findings_of(format_: Format, base: TermBase, options: WriteOptions | None = None) -> list[Finding]:
    from dataclasses import replace

    found: list[Finding] = []
    written(format_, base, replace(options or WriteOptions(), report=found.append))
    return found


def check_nothing_lost_silently(format_: Format, base: TermBase, options: WriteOptions | None = None) -> None:
    """A concept entry without a finding comes back whole (order of languages and terms apart)."""
    found = findings_of(format_, base, options)
    touched = {each.concept for each in found}
    kept = [_content(format_, each) for each in reduced(format_, base, options).concepts]
    for entry in base.concepts:
        if entry.id not in touched:
            assert _content(format_, entry) in kept, f"{entry.id} is not whole, and no finding says so"


def _content(format_: Format, entry: ConceptEntry) -> object:
    """What must come back; without its id where the format numbers the entries anew."""
    plain = to_plain(entry)
    return _unordered(plain if format_.keeps.concept_ids else {**plain, "id": ""})


def _unordered(plain: object) -> object:
    if isinstance(plain, dict):
        return {name: _unordered(value) for name, value in plain.items()}
    if isinstance(plain, list):
        return sorted((_unordered(each) for each in plain), key=repr)
    return plain
