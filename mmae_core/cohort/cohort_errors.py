"""What can be wrong with a run over many records."""

from mmae_core.errors import EcgError


class CohortError(EcgError):
    """A run over many records cannot begin, continue or end; the sentence says what to do."""
