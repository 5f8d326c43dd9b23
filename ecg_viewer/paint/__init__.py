"""Paints heat and traces, on the screen and on pages: what both show is decided here, once.

Below the window and the exports. Each brings its own pens and patterns: a pixel of a screen is no line on paper.
"""
