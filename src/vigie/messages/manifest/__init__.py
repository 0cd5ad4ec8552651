"""Manifests in CSV, of carriers that have no EDI."""

from vigie.messages.manifest.reader import read

__all__ = ["read"]
