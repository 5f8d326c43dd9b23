"""Collections of recordings: PTB-XL, and any folder."""
