"""How anything is printed: pages, charts, workbooks, Word, PDF. Knows no indicator."""
