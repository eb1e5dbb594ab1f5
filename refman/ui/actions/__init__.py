"""What the commands do, one function each, by what they are about.

Their names and keys are in `commands`, their places in `menus`. To add a command, write its
function here and its line there.
"""
