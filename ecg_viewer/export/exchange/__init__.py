"""Measurements and confirmed findings for other systems: FHIR resources and DICOM structured reports, and back."""
