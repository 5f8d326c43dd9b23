"""Reports for people: charts as SVG and pages that need nothing but themselves."""
