"""Reading without help, before and after: the blinded first read, and reader studies."""
