"""The editor's desk: reports staged and previewed before they count, acceptance runs, the log of changes."""
