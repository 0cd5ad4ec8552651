"""PAXLST, the passenger list of API: UN/EDIFACT D.02B to D.21A and the variant of the United States."""
