"""What `runtut <command>` does: one function per command, given the parsed options."""
