"""Where the localization succeeds and fails: known lesions against the map. Nothing here knows Qt."""
