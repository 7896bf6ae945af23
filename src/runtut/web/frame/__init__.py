"""What every page stands on: who looks, refusals, addresses, the words for deadlines and states."""
