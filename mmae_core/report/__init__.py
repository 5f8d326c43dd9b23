"""Reports: SVG charts, tables and self-contained HTML pages."""
