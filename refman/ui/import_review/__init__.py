"""The rows of one import beside what was understood of them, the doubtful first."""
