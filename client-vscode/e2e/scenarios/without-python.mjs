// The Python in the settings is not there: one message says so and what to do, and the cure needs no new window.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export async function prepare(workspace) {
  await mkdir(path.join(workspace, '.vscode'));
  await choose(workspace, '/nowhere/python3');
}

export default async function ({ vscode, page, workspace, step, assert }) {
  const text = await vscode.notification('no Python was found');
  await vscode.screenshot('message');
  assert.match(text, /\/nowhere\/python3 is not there/);
  assert.match(text, /Install Python 3\.10 or newer, or name one in the setting mdtm\.interpreter/);
  assert.equal(await vscode.notifications(), 1);
  step(text);

  await vscode.notificationButton('no Python was found', 'Open Settings');
  await page.locator('.settings-editor .setting-item-contents', { hasText: 'Interpreter' }).first().waitFor();
  await vscode.screenshot('settings');
  await vscode.closeModalEditor();
  step('the message leads to the setting');

  await vscode.command('Session: Restart Server');
  await vscode.notificationButton('no Python was found', 'Show Log');
  await page.locator('.output-view .view-line', { hasText: 'No Python for the language server' }).first().waitFor();
  await vscode.screenshot('log');
  assert.equal(await vscode.notifications(), 0);
  step('the message leads to the log');

  await choose(workspace, '');
  await vscode.openFile('.mdtm/sessions/SESSION-001/session_log.md');
  await vscode.squiggle('error');
  step('with the setting mended the server starts by itself');
}

const choose = (workspace, interpreter) =>
  writeFile(path.join(workspace, '.vscode/settings.json'), JSON.stringify({ 'mdtm.interpreter': interpreter }));
