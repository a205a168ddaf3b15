"""How documents are built: their keys as a tree, what stands where below these, and what an entry tells."""
