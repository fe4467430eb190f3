"""Interview notes: the workbook that staff fill in, and how what was said joins the answers."""
