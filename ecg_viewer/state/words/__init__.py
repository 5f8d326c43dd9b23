"""Every sentence said to users that is made from data, in the language in use."""
