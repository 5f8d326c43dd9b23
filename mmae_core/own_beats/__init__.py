"""The patient's own beats: their shapes, and which beats depart from the patient's own template, lead by lead."""
