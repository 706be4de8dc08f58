"""Ways into the assistant beside its own pages and HTTP interface; each hands messages to the gateway."""
