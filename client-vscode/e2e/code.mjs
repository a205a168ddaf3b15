#!/usr/bin/env node
// Real VS Code with the extension, in your browser, on a copy of a workspace; until Ctrl+C.
//
//   node code.mjs --install DIR --vsix EXT.vsix --workspace FOLDER
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installation, startServer } from './lib/server.mjs';

const { values: option } = parseArgs({
  options: { install: { type: 'string' }, vsix: { type: 'string' }, workspace: { type: 'string' } },
});
const home = await mkdtemp(path.join(os.tmpdir(), 'mdtm-'));
const workspace = path.join(home, path.basename(path.resolve(option.workspace)));
await cp(option.workspace, workspace, { recursive: true });
const server = await startServer({ install: await installation(option.install), extensions: [option.vsix] });
console.log(`Open ${server.windowUrl(workspace)} in a browser (it shows a copy of ${path.basename(option.workspace)}; Ctrl+C ends it and removes the copy)`);

const asked = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => new Promise((resolve) => process.once(signal, resolve)));
await Promise.race(asked);
await server.stop();
await rm(home, { recursive: true, force: true });
