"""The dialog in which new citation keys are put into manuscripts, after a look at each line."""
