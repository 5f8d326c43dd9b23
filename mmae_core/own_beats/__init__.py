"""The patient's own beats: which shapes they come in, and which of them depart from his own template, lead by lead."""
