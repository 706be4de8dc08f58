"""The ways to answer, one module each: it takes a Case and gives a Draft, or None where it does not apply."""
