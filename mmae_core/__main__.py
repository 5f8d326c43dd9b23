"""`python -m mmae_core`."""

if __name__ == "__main__":
    from mmae_core.start_folder import forget_start_folder

    forget_start_folder(__file__)

    from mmae_core.cli import main

    raise SystemExit(main())
