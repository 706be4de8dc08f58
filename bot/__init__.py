"""The assistant: gateway, action server, report pages, command line."""
