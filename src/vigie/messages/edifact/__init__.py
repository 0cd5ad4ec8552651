"""EDIFACT as a grammar, whatever a message says: cleaning, service characters, segments, envelopes, writing."""
