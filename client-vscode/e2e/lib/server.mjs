// Starts and stops one code-server with directories of its own on a free loopback port.
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile, cp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Settings that keep a test window still: no welcome page, no telemetry, no AI features, no look-ups. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'editor.accessibilitySupport': 'off',
  'window.confirmBeforeClose': 'never',
  'git.enabled': false,
  'remote.autoForwardPorts': false, // else a toast for every other server that listens on this machine
  'files.autoSave': 'off', // as on the desktop; in a browser it is 'afterDelay'
  'files.hotExit': 'off',
};

/** Reads what install.sh left. */
export async function installation(directory) {
  return JSON.parse(await readFile(path.join(directory, 'code-server.json'), 'utf8'));
}

/**
 * @param {object} options
 * @param {{node: string, entry: string}} options.install  what `installation()` returned
 * @param {string[]} [options.extensions]  .vsix files to install into the fresh extensions directory
 */
export async function startServer({ install, extensions = [] }) {
  // A short path: the server puts a socket under it, and a socket's path may have 107 bytes at most.
  const home = await mkdtemp(path.join(os.tmpdir(), 'vsc-'));
  const dirs = { home, userData: path.join(home, 'data'), extensions: path.join(home, 'ext') };
  await mkdir(path.join(home, 'tmp'), { recursive: true });
  await writeFile(path.join(home, 'config.yaml'), 'auth: none\n');
  // Settings of scope `machine` or `machine-overridable` would have to stand in Machine/: the window is a remote one.
  await mkdir(path.join(dirs.userData, 'User'), { recursive: true });
  await writeFile(path.join(dirs.userData, 'User', 'settings.json'), JSON.stringify(quietSettings, null, 2));
  const common = [
    install.entry,
    '--config', path.join(home, 'config.yaml'),
    '--user-data-dir', dirs.userData,
    '--extensions-dir', dirs.extensions,
  ];
  const childEnv = {
    ...process.env,
    // No marketplace: nothing outside this machine is asked.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' }),
    TMPDIR: path.join(home, 'tmp'),
    XDG_RUNTIME_DIR: path.join(home, 'tmp'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'share'),
  };
  // A shell inside another VS Code would hand the command line over to that one.
  for (const name of Object.keys(childEnv)) if (name.startsWith('VSCODE_')) delete childEnv[name];

  for (const vsix of extensions) {
    const { code, output } = await run(install.node, [...common, '--install-extension', path.resolve(vsix), '--force'], childEnv);
    if (code !== 0 || !/was successfully installed/.test(output)) throw new Error(`could not install ${vsix}:\n${output}`);
  }

  // Its own process group, so that stop() ends the extension host and language servers with it, and nothing else.
  const child = spawn(
    install.node,
    [...common, '--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check',
      '--disable-workspace-trust', '--disable-getting-started-override'],
    { env: childEnv, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let log = '';
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`code-server did not start in 60 s:\n${log}`)), 60_000);
    const listen = (chunk) => {
      log += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log);
      if (found) resolve(found[1]), clearTimeout(timer);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    exited.then((code) => reject(new Error(`code-server ended with ${code}:\n${log}`)));
  });

  const signalGroup = (signal) => {
    try { process.kill(-child.pid, signal); return true; } catch { return false; }
  };
  return {
    url,
    /** Address of a window on a folder. */
    windowUrl: (folder) => `${url}/?${new URLSearchParams({ folder: path.resolve(folder) })}`,
    async stop({ keepLogsIn } = {}) {
      // An extension host outlives its window (it waits for a reconnection), so code-server does not end on SIGTERM alone.
      signalGroup('SIGTERM');
      await Promise.race([exited, sleep(1_000)]);
      signalGroup('SIGKILL');
      await exited;
      if (keepLogsIn) {
        await cp(path.join(dirs.userData, 'logs'), path.join(keepLogsIn, 'logs'), { recursive: true }).catch(() => {});
        await writeFile(path.join(keepLogsIn, 'code-server.log'), log);
      }
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}
