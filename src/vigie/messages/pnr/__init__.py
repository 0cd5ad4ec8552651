"""Bookings: PNRGOV in EDIFACT and in XML."""
