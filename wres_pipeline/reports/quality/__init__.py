"""The ethnicity data-quality report of a month: page, workbook, open data, the circulated version."""
