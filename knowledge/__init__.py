"""Reading reports into sections, passages, facts and findings, and keeping them; knows nothing of search or chat."""
