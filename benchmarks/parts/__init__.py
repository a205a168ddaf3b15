"""What is measured: one part for each question, each a generator of samples."""
