"""Language server, command line and MCP server for session logs and MDTM task files."""

__version__ = "0.1.0"
