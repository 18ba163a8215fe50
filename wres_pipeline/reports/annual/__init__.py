"""The annual return: the workbook of the submission, the reporting template, the author's notes."""
