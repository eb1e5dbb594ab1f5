"""The doctor: what is wrong with papers and with .bib files, why it matters, how to mend it.

`rules` is the table of what is looked for, and where a new rule goes; the checks stand in the
modules beside it, by their matter. None of these is imported before something is checked.
"""

from refman.library.doctor.checking import Doctor
from refman.library.doctor.findings import Finding, Fix, Severity

__all__ = ["Doctor", "Finding", "Fix", "Severity"]
