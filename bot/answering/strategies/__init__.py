"""The ways to answer, one module each. Each takes a Case and gives a Draft, or None where it does not apply."""
