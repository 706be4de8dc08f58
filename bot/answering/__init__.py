"""Answers a question from the stored reports: figures first, sentences second, else an explained refusal."""
