"""The commands of `mmae_core`, a module each: `add_parser` names its arguments, `run` does it."""
