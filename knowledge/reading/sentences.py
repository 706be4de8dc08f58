"""Where `knowledge.sentences` was first; kept for callers that still import it from here."""

from knowledge.sentences import clauses, sentences, trim

__all__ = ["clauses", "sentences", "trim"]
