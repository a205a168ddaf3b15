"""How bad the fault in the example of each rule is; written by `make pages`."""

DEFAULT_LEVELS = {
    "not-utf8": "error",
    "broken-toml": "error",
    "broken-yaml": "error",
    "broken-json": "error",
    "missing-opening-fence": "error",
    "missing-closing-fence": "error",
    "missing-frontmatter": "error",
    "yaml-frontmatter": "error",
    "duplicate-key": "error",
    "conflict-marker": "error",
    "missing-field": "error",
    "wrong-type": "error",
    "bad-time": "error",
    "id-mismatch": "error",
    "out-of-order": "information",
    "unknown-status": "warning",
    "wrong-end-time": "warning",
    "dangling-artifact": "warning",
    "unlisted-artifact": "warning",
    "unknown-setting": "error",
}
