"""The errors that building, opening and searching an index can raise.

SearchError
├── NoGeneration          nothing has been published in the folder yet
├── GenerationDamaged     a published file is missing or is not what was written
├── GenerationMismatch    made by another version of the format, or with another embedding model
├── ModelMissing          the embedding model is not there or cannot be loaded
├── StoreUnavailable      Milvus cannot be reached, or its package is not installed
├── BadDocuments          what was given to `build` cannot be indexed (two documents with one id)
└── BadThesaurus          a thesaurus file breaks its own rules; names the file and the phrase
"""

from __future__ import annotations


class SearchError(Exception):
    """Base of every error of this package."""


class NoGeneration(SearchError):
    """Nothing has been published in the folder."""


class GenerationDamaged(SearchError):
    """A file of a published generation is missing or differs from its checksum."""


class GenerationMismatch(SearchError):
    """The published generation was made by another version or with another embedding model."""


class ModelMissing(SearchError):
    """The embedding model cannot be loaded."""


class StoreUnavailable(SearchError):
    """The vector store that the setting names cannot be used."""


class BadDocuments(SearchError):
    """The documents cannot be indexed."""


class BadThesaurus(SearchError):
    """A thesaurus file breaks its own rules."""
