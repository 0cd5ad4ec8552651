"""Ingest: the doors through which messages come in, and the work on what came. Reference: docs/reference/inbox.md."""
