// A workspace whose Python modules have the names of ours, and the same on PYTHONPATH: the server takes none of them.
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HOSTILE = fileURLToPath(new URL('../hostile', import.meta.url));

export const prepare = (workspace) => cp(HOSTILE, workspace, { recursive: true });

export default async function ({ vscode, page, workspace, step, assert }) {
  const python = (...args) => promisify(execFile)('python3', args, { cwd: workspace });
  assert.equal(process.env.PYTHONPATH, HOSTILE, 'PYTHONPATH does not lead to the hostile modules');
  await assert.rejects(python('-c', 'import json'), /somebody else/);
  step('a plain Python falls for them');

  await vscode.openFile('.mdtm/sessions/SESSION-001/session_log.md');
  await vscode.squiggle('error');
  await vscode.screenshot('squiggle');
  step('the server does not');

  await vscode.command('Session: Restart Server');
  await vscode.command('Session: Show Log');
  await page.locator('.output-view .view-line', { hasText: 'Server process exited' }).first().waitFor();
  await vscode.openFile('.mdtm/sessions/SESSION-002/session_log.md', '5:1');
  await vscode.type('"');
  await vscode.squiggle('error'); // of the new server: the old one never saw this text
  await vscode.screenshot('restarted');
  assert.equal(await vscode.notifications(), 0);
  step('nor does it when it is started anew');
}
