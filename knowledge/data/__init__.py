"""Tables of the package: administrative units, nouns that reports count, names that are ordinary words."""
