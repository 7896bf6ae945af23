"""What `runtut <command>` does: one function per command, given the parsed options."""


class Failed(Exception):
    """The command could not do its work; the sentence says why."""
