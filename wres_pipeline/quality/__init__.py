"""Is ethnicity known, does it survive the journey from TRAC to ESR, and are the tables fit for a return?"""
