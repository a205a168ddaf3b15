// The client: finds a Python, starts the bundled language server with it, and hands it the files that it knows.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, type Executable } from 'vscode-languageclient/node';
import { registerVerbs } from './commands';
import { findPython, type Python } from './python';

/** By pattern, so that every file keeps its language, and with it what other extensions do for it. */
const DOCUMENTS = [
  '**/session_log.md',
  '**/{.ruru,.roo,.mdtm,.workflow,.tasks,.roopm,.bmad-core}/**/*.md',
  '**/{sessions,sprints,tasks}/**/*.md',
  '**/workflow-session.json',
  '**/.mdtm.toml',
].map((pattern) => ({ scheme: 'file', pattern }));
/** A table in it may be ours; it alone starts no server, for every project in Python has such a file. */
const SHARED = { scheme: 'file', pattern: '**/pyproject.toml' };
const SIGNS_OF_USE = '**/{session_log.md,workflow-session.json,.mdtm.toml,TASK-*.md}';

let log: vscode.LogOutputChannel;
let client: LanguageClient | undefined;
/** Starts and stops follow each other; what is asked for in between waits. */
let turn: Promise<void> = Promise.resolve();

export function activate(context: vscode.ExtensionContext): void {
  log = vscode.window.createOutputChannel('MDTM Session Logs', { log: true });
  const restart = () => inTurn(async () => (await stop(), await start(context)));
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('mdtm.restart', restart),
    vscode.commands.registerCommand('mdtm.showLog', () => log.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mdtm.interpreter')) void restart();
    }),
  );
  registerVerbs(context, async () => {
    if (!client) await restart();
    return client;
  });
  void whenNeeded(context, () => client ?? restart());
}

export function deactivate(): Promise<void> {
  return inTurn(stop);
}

/** Calls once there is something to do: many who open Markdown have neither a session log nor a Python. */
async function whenNeeded(context: vscode.ExtensionContext, call: () => unknown): Promise<void> {
  const isOurs = (document: vscode.TextDocument) => vscode.languages.match(DOCUMENTS, document) > 0;
  const signs = () => vscode.workspace.findFiles(SIGNS_OF_USE, '**/node_modules/**', 1);
  if ((await signs()).length > 0 || vscode.workspace.textDocuments.some(isOurs)) return void call();
  const opened = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isOurs(document)) opened.dispose(), call();
  });
  context.subscriptions.push(opened);
}

function inTurn(step: () => Promise<void>): Promise<void> {
  turn = turn.then(step).catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  return turn;
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const home = path.join(context.extensionPath, 'bundled');
  const setting = vscode.workspace.getConfiguration('mdtm').get('interpreter', '');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const python = await findPython(setting, folder, home);
  if (Array.isArray(python)) return void tellNoPython(python);
  log.info(`Python ${python.version}: ${python.path}`);
  client = new LanguageClient('mdtm', 'MDTM Session Logs', server(python, home, context.globalStorageUri.fsPath), {
    documentSelector: [...DOCUMENTS, SHARED],
    outputChannel: log,
    initializationOptions: { asks: true, hasCommands: true },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  });
  await client.start();
}

async function stop(): Promise<void> {
  const stopped = client;
  client = undefined;
  await stopped?.dispose().catch((error: unknown) => log.warn(String(error))); // it may have failed to start
}

/**
 * -I: neither variables such as PYTHONPATH nor files of the workspace reach into the server. What Python compiles is
 * kept out of the extension's own folder, and makes the next start twice as fast.
 */
function server(python: Python, home: string, storage: string): Executable {
  const flags = ['-I', '-X', 'utf8', '-X', `pycache_prefix=${path.join(storage, 'compiled')}`];
  return { command: python.path, args: [...flags, path.join(home, 'start.py'), 'lsp'], options: { cwd: home } };
}

async function tellNoPython(refused: string[]): Promise<void> {
  const tried = `${refused.join('; ')}.`;
  log.error(`No Python for the language server: ${tried}`);
  const [settings, showLog] = ['Open Settings', 'Show Log'];
  const cure = 'Install Python 3.10 or newer, or name one in the setting mdtm.interpreter.';
  const message = `Session logs are not checked, as no Python was found that can do it: ${tried} ${cure}`;
  const answer = await vscode.window.showErrorMessage(message, settings, showLog);
  if (answer === settings) await openSettings();
  if (answer === showLog) log.show();
}

/** Shows the setting where it has to be mended: where it is set, or on the machine that the workspace is on. */
async function openSettings(): Promise<void> {
  const inWorkspace = vscode.workspace.getConfiguration('mdtm').inspect('interpreter')?.workspaceValue !== undefined;
  const place = inWorkspace ? 'openWorkspaceSettings' : vscode.env.remoteName ? 'openRemoteSettings' : 'openSettings';
  await vscode.commands.executeCommand(`workbench.action.${place}`, { query: '@id:mdtm.interpreter' });
}
