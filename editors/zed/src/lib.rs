//! Starts the `mdtm` that is on the PATH of the workspace.

use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Mdtm;

impl zed::Extension for Mdtm {
    fn new() -> Self {
        Mdtm
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree.which("mdtm").ok_or("there is no mdtm on the PATH; install it")?;
        Ok(Command { command, args: vec!["lsp".into()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Mdtm);
