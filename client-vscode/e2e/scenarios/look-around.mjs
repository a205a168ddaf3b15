// A person reads a log and finds their way: what shows beside the text, where names lead, new names, and the agenda.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const SESSION = '.mdtm/sessions/SESSION-002';
const TASKS = '.mdtm/tasks/SPRINT_1';
const [OLD, NEW] = ['TASK-DEV-20260914-081500', 'TASK-DEV-20260914-081501'];
const [NOTE, RULES] = ['NOTE-standing_order_rules-2609140850.md', 'NOTE-rules-2609140850.md'];

export default async function ({ vscode, page, workspace, step, assert, poll }) {
  const onDisk = (file) => readFile(path.join(workspace, file), 'utf8').catch(() => '');
  const showsText = (...texts) =>
    poll(async () => {
      const text = (await vscode.editor.innerText()).replaceAll('\u00a0', ' ');
      return texts.every((one) => text.includes(one));
    }, () => `${texts.join(', ')} in the editor`);

  await vscode.openFile(`${SESSION}/session_log.md`);
  await showsText('1 of 1 task open', 'Pause', '+1 h 9 min');
  await vscode.screenshot('log');
  step('lenses stand above the log, and hints between its entries');

  await vscode.goTo('8:22');
  await vscode.hover('2 of 4 boxes ticked');
  await vscode.screenshot('card');
  await vscode.closeHover();
  await vscode.command('Go to Definition');
  await vscode.tab(`${OLD}.md`);
  step('an id shows its card, and leads to its task');

  await vscode.command('Calls: Show Call Hierarchy');
  await page.locator('.part.sidebar .monaco-list-row').filter({ hasText: 'Standing orders for the cafés' }).waitFor();
  await vscode.screenshot('trace');
  step('the session that delegated it is its caller');

  await vscode.focusEditor();
  await vscode.goTo('4:11');
  await vscode.command('Trigger Suggest');
  await page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: 'Review' }).waitFor();
  await vscode.screenshot('statuses');
  await page.keyboard.press('Escape');
  step('the statuses are offered with their signs');

  await page.keyboard.press('Control+KeyT');
  await vscode.quickInput.locator('input.input').fill('#allerg');
  await vscode.quickInputRows.filter({ hasText: 'Allergens in our products' }).first().waitFor();
  await page.keyboard.press('Escape');
  step('a name in the workspace is found by a part of it');

  await vscode.goTo('2:20');
  await page.keyboard.press('F2');
  await page.locator('.rename-box input').fill(NEW);
  await page.keyboard.press('Control+Enter');
  const apply = page.getByRole('button', { name: 'Apply' });
  await apply.waitFor();
  await vscode.screenshot('preview');
  await apply.click();
  await poll(async () => (await readdir(path.join(workspace, TASKS))).includes(`${NEW}.md`), 'the task to be renamed');
  await vscode.command('File: Save All Files');
  for (const file of [`${SESSION}/session_log.md`, `${TASKS}/${NEW}.md`, '.mdtm/sprints/SPRINT-1.md']) {
    await poll(async () => (await onDisk(file)).includes(NEW) && !(await onDisk(file)).includes(OLD), () => `${NEW} in ${file}`);
  }
  await vscode.screenshot('renamed');
  step('a task gets another id, in its file, in the name of that, and wherever it is named');

  await vscode.openFile(`${SESSION}/artifacts/${NOTE}`);
  await vscode.command('File: Reveal Active File in Explorer View');
  await page.keyboard.press('F2');
  const box = page.locator('.part.sidebar .monaco-inputbox input');
  await box.fill(RULES);
  await page.keyboard.press('Enter');
  await page.locator('.monaco-dialog-box').getByRole('button', { name: 'OK' }).click(); // changes that go with the move
  await vscode.tab(RULES);
  await vscode.screenshot('moved');
  await vscode.command('File: Save All Files');
  for (const file of [`${SESSION}/session_log.md`, `${TASKS}/${NEW}.md`]) {
    await poll(async () => (await onDisk(file)).includes(RULES) && !(await onDisk(file)).includes(NOTE), () => `${RULES} in ${file}`);
  }
  assert.equal((await onDisk(`${SESSION}/session_log.md`)).split(RULES).length, 3);
  step('a file that is renamed in the explorer is named so in the log and in the task');

  await vscode.command('Session: Show Agenda');
  await vscode.pick('week');
  await showsText('# Agenda: the week from', 'Standing orders for the cafés');
  await vscode.screenshot('agenda');
  step('the agenda of the week shows');
}
