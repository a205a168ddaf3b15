// Bundles the client into dist/extension.js, and beside it the licences of the packages that went in.
import { build } from 'esbuild';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const { metafile } = await build({
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
});

const inside = Object.keys(metafile.inputs).map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
const notices = [...new Set(inside)].filter(Boolean).sort().map(async (folder) => {
  const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${folder} has no file with its licence`);
  return `${name} ${version}\n\n${(await readFile(`${folder}/${licence}`, 'utf8')).trim()}\n`;
});
await writeFile('dist/licenses.txt', (await Promise.all(notices)).join(`\n${'-'.repeat(80)}\n\n`));
