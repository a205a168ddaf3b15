"""How fast mdtm is, beside a bare server and its peers: `make bench`."""
