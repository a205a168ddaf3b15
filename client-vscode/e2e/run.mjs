#!/usr/bin/env node
// Runs scenarios in a real VS Code: one code-server, and for each scenario a new window on a fresh copy of the workspace.
//
//   node run.mjs --install DIR --vsix EXT.vsix --workspace FOLDER [--out DIR] SCENARIO.mjs ...
//
// A scenario module's default export is
//   async ({ vscode, page, workspace, server, step, assert, poll }) => {}     vscode: see lib/workbench.mjs
// and it may export `prepare`, which gets the folder of the copy before the window opens.
// A scenario that fails is run once more, in a new window: under load VS Code now and then drops what it is told. Both
// runs are told of, and the last line says how many passed only then.
// Exit code 0 when every scenario passed. --out gets, for each run of one, a folder with numbered screenshots (and
// `failure` when it failed) and console.txt; and VS Code's logs, code-server.log and results.json for the whole.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from './lib/browser.mjs';
import { installation, startServer } from './lib/server.mjs';
import { poll, Workbench } from './lib/workbench.mjs';

const { values: option, positionals: scenarios } = parseArgs({
  allowPositionals: true,
  options: {
    install: { type: 'string' },
    vsix: { type: 'string', multiple: true, default: [] },
    workspace: { type: 'string' },
    timeout: { type: 'string', default: '30' },
    out: { type: 'string', default: 'e2e-out' },
  },
});
assert(option.install, '--install is missing');
assert(option.workspace, '--workspace is missing');
assert(scenarios.length, 'no scenario');

const out = path.resolve(option.out);
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const began = Date.now();
const seconds = () => Number(((Date.now() - began) / 1000).toFixed(1));
const say = (text) => console.log(`${seconds().toFixed(1).padStart(6)}s  ${text}`);

const install = await installation(option.install);
const copies = await mkdtemp(path.join(os.tmpdir(), 'ws-'));
const results = [];
let server, launched;
// The server is in a process group of its own, so whoever ends us would leave it behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => Promise.resolve(server?.stop()).finally(() => process.exit(1)));
}
try {
  server = await startServer({ install, extensions: option.vsix });
  say(`code-server ${install.version} at ${server.url}`);
  launched = await launchBrowser(install.playwright);
  for (const file of scenarios) {
    const name = path.basename(file, '.mjs');
    let result = await runScenario(file, name);
    if (result.error) result = { ...await runScenario(file, `${name}-again`), before: result };
    results.push(result);
  }
} finally {
  await launched?.browser.close();
  await server?.stop({ keepLogsIn: out });
  await rm(copies, { recursive: true, force: true });
}
await writeFile(path.join(out, 'results.json'), JSON.stringify(results, null, 2));
const failed = results.filter((result) => result.error).length;
const again = results.filter((result) => result.before && !result.error).length;
console.log(`${results.length - failed} passed${again ? ` (${again} ONLY WHEN RUN AGAIN)` : ''}, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function runScenario(file, name) {
  const result = { name, began: seconds(), steps: [] };
  const step = (text) => { result.steps.push({ at: seconds(), text }); say(`${name}: ${text}`); };
  const outDir = path.join(out, name);
  await mkdir(outDir, { recursive: true });
  const messages = [];
  const page = await launched.newPage();
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.stack}`));
  const vscode = new Workbench(page, { outDir, timeout: Number(option.timeout) * 1000 });
  try {
    const scenario = await import(pathToFileURL(path.resolve(file)));
    const workspace = path.join(copies, name, path.basename(path.resolve(option.workspace)));
    await cp(option.workspace, workspace, { recursive: true });
    await scenario.prepare?.(workspace);
    await vscode.open(server.windowUrl(workspace));
    step('window is up');
    await scenario.default({ vscode, page, workspace, server, step, assert, poll });
    step('passed');
  } catch (error) {
    result.error = error.stack;
    await vscode.screenshot('failure').catch(() => {});
    step(`FAILED: ${error.message}`);
  } finally {
    await page.context().close();
    await writeFile(path.join(outDir, 'console.txt'), messages.join('\n'));
  }
  result.seconds = Number((seconds() - result.began).toFixed(1));
  return result;
}
