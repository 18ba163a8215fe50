"""What each command of `wres` does, and how it says so; the options are in cli.py."""
