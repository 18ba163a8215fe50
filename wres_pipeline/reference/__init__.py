"""Versioned facts of the standard, as files: code lists, pay bands, stages, survey questions, reporting
years.

One CSV or YAML a fact, one loader a file, one test that pins each. Every row keeps its evidence:
`seen` in a public source, `recalled` from guidance without a copy at hand, `ours` a decision of this project.
A text that no list knows resolves to nothing: callers name it and count it, nobody guesses.
"""
