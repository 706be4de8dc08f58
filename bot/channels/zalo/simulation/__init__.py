"""A made-up Zalo for demonstrations and tests: its servers for one Official Account, faults included.

There is no sandbox of Zalo's. This one holds to what is publicly known of the real one and refuses what that
refuses; it listens on this machine only.
"""
