"""Reads administrative reports into sections, footnotes, passages, facts, lists and document references, and stores them."""
