"""Set-up, tests and the demonstration server: standard library only, so that they run before any install."""
