"""The main window and what stands around the paper: menus, bars, dialogs."""
