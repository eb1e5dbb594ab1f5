"""Small widgets, each in its own file; they call no verb and read no library."""
