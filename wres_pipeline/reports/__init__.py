"""Everything that leaves the building: workbooks, pages, open data, Word files and charts.

A report reads the figures table (or its protected copy) and a `ReturnContext`, prints the text each figure
carries in `shown`, and works nothing out for itself.
"""
