"""Files that hold people, for the people team only."""
