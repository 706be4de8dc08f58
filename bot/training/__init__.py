"""Commands that learn from graded questions what the answering core has as data."""
