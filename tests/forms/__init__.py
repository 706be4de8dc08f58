"""The same report in other formats, made from the texts of ours that the golden files are of."""
