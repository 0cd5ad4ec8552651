"""What stands in a message of any type: dates and times, places and legs, names and titles, documents."""
