"""Other bodies' published figures and this body's place among them.

Provider log and review, benchmark, staff-survey history, population, appraisals, opportunities, the
recruitment funnel and the view over several organisations. Every result is a row of
`commissioning_figures`.
"""
