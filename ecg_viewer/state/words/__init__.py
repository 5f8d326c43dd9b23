"""Every sentence shown to users that is made from data, in the current language."""
