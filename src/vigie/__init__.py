"""Vigie, the lookout: screening of travellers against watchlists, with a person deciding."""

__version__ = "0.1.0"
