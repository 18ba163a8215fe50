"""`python -m wres_pipeline` is the command `wres`, for where the command itself is not on the path."""

from wres_pipeline.cli import main

if __name__ == "__main__":
    main()
