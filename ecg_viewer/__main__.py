"""`python -m ecg_viewer` is `ecg-viewer`."""

from ecg_viewer.app import main

if __name__ == "__main__":
    raise SystemExit(main())
