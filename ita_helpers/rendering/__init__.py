"""Making reports: ``one`` parameter file, ``many`` at once, and what is loaded ``ahead``.

Joins the running of notebooks (``run/``) with the analysis.
"""
