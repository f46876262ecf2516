"""Tables: one row per concept (`csv`), one row per term (`terms-csv`), and both as sheets (`xlsx`)."""
