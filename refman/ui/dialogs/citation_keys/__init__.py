"""The dialog in which citation keys are made anew, and the patterns by which they are made."""
