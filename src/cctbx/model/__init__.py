"""Layer 0: the data model. Frozen values, standard library only, no input or output."""

from __future__ import annotations

from cctbx.model.alignment import AlignedConcept, Alignment, Candidate, Evidence, Judgement, Verdict
from cctbx.model.categories import CATEGORIES, CATEGORY, Category, Content, Module, fields_from, level_of, statements
from cctbx.model.glossary import (
    Designation,
    DesignationOrigin,
    SkippedRegion,
    SourceEntry,
    SourceGlossary,
    SourceOptions,
)
from cctbx.model.levels import ConceptEntry, DataCategory, LanguageSection, Level, Metatype, Origin, TermSection
from cctbx.model.termbase import Header, ReferenceItem, ReferenceObject, Revision, TermBase, TermBaseStream
from cctbx.model.text import Inline, InlineKind, Markup, Text, marked, plain

__all__ = [
    "CATEGORIES", "CATEGORY", "AlignedConcept", "Alignment", "Candidate", "Category", "ConceptEntry", "Content",
    "DataCategory", "Designation", "DesignationOrigin", "Evidence", "Header", "Inline", "InlineKind", "Judgement",
    "LanguageSection", "Level", "Markup", "Metatype", "Module", "Origin", "ReferenceItem", "ReferenceObject",
    "Revision", "SkippedRegion", "SourceEntry", "SourceGlossary", "SourceOptions", "TermBase", "TermBaseStream",
    "TermSection", "Text", "Verdict", "fields_from", "level_of", "marked", "plain", "statements",
]  # fmt: skip
