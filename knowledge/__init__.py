"""Reads reports into sections, passages, facts and findings, and keeps them; no search, no chat."""
