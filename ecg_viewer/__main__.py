"""`python -m ecg_viewer` is `ecg-viewer`."""

if __name__ == "__main__":
    from mmae_core.start_folder import forget_start_folder

    forget_start_folder(__file__)

    from ecg_viewer.start import main

    raise SystemExit(main())
