"""The action plan: what was promised, by whom and by when, whether it was done, and whether its figures
moved.
"""
