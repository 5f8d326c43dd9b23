"""One patient's recordings over time: which they are, which two are compared, and what is said of them."""
