"""The dates a body has to keep: from the reporting years, its action plan, its confirmations and its sign-offs."""
