"""Commands that make the data and models which the index ships."""
