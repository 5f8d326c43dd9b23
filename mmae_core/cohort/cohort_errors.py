"""What can be wrong with a run over many records."""

import errno

from mmae_core.errors import EcgError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where a disk is full: trying again does not help."""


class CohortError(EcgError):
    """A run over many records cannot begin, continue or end; the sentence says what to do."""
