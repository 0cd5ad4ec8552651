"""CUSRES, the answer of a State to a passenger list: read and written."""
