"""Answers a question from the stored reports: ledger first, sentences second, otherwise an explained refusal."""
