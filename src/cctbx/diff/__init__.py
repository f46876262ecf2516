"""Layer 3: what changed between two releases of a term base, putting changes into effect, and three-way merge.

Pure functions over the model: no formats, no files. Order of concept entries, languages, designations and statements
carries no meaning here.
"""

from __future__ import annotations

from cctbx.diff.apply import apply
from cctbx.diff.changes import Bump, Change, Changes, Kind
from cctbx.diff.compare import compare, compare_termbases
from cctbx.diff.order import canonical
from cctbx.diff.settings import CompareSettings

__all__ = ["Bump", "Change", "Changes", "CompareSettings", "Kind", "apply", "canonical", "compare", "compare_termbases"]
