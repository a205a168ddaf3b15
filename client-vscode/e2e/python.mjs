#!/usr/bin/env node
// Asks src/python.ts for a Python on machines that have none, an old one, or something that is none.
import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = await mkdtemp(path.join(os.tmpdir(), 'mdtm-'));
const outfile = path.join(home, 'python.mjs');
const source = fileURLToPath(new URL('../src/python.ts', import.meta.url));
await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm' });
const { findPython } = await import(pathToFileURL(outfile));

const real = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
const script = async (name, ...lines) => {
  await writeFile(path.join(home, name), ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path.join(home, name), 0o755);
};
const find = (setting = '') => findPython(setting, home, os.tmpdir());
process.env.PATH = home;
try {
  assert.deepEqual(await find(), ['python3 is not there', 'python is not there']);
  await script('python3', 'echo /old/python3', 'echo 3', 'echo 9', 'echo 18');
  await script('python', 'echo Python was not found >&2', 'exit 9');
  assert.deepEqual(await find(), ['python3 is Python 3.9.18, too old', 'python is not a Python that runs']);
  assert.deepEqual(await find(home), [`${home} is not a Python that runs`]);
  assert.deepEqual(await find('~/no/python'), [`${os.homedir()}/no/python is not there`]);
  assert.equal((await find(` ${real} `)).path, real);
  await script('python', `exec ${real} "$@"`);
  assert.equal((await find()).path, real);
  assert.equal((await find('${workspaceFolder}/python')).path, real);
  console.log('python: 7 cases as expected');
} finally {
  await rm(home, { recursive: true });
}
