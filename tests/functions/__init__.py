"""What the functions of the table are tried on: a module for each subject, each with its FAMILIES."""
