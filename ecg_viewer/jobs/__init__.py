"""Jobs for worker threads: opening, scoring, measuring, explaining, and whole worklists."""
