"""The settings file, which is a document like the others."""

from mdtm.schema.base import Key, Schema

SETTINGS_FILE = ".mdtm.toml"
SETTINGS = Schema(
    "settings",
    "a settings file",
    (
        Key("actor", meaning="Who acts, for the log, where nobody says otherwise"),
        Key("rules", "any", meaning="For each rule how bad its problems are: off, hint, information, warning, error"),
    ),
)
