// A person takes a session from its start to its end, from the palette and by code actions, in an empty folder.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export async function prepare(workspace) {
  for (const name of await readdir(workspace)) await rm(path.join(workspace, name), { recursive: true });
}

export default async function ({ vscode, workspace, step, assert, poll }) {
  const home = path.join(workspace, '.ruru/sessions');
  const markers = async () => (await readdir(home)).filter((name) => name.startsWith('.active-'));

  await vscode.command('Session: Start');
  await vscode.answer('What is the session for?', 'Bake rye bread 🍞');
  await vscode.screenshot('yes-no-quick-task');
  await vscode.pick('Yes');
  await vscode.tab('session_log.md');
  await vscode.screenshot('started');
  const [id] = (await readdir(home)).filter((name) => name.startsWith('SESSION-'));
  const log = path.join(home, id, 'session_log.md');
  const has = (...texts) =>
    poll(async () => {
      const text = await readFile(log, 'utf8');
      return texts.every((one) => (one instanceof RegExp ? one.test(text) : text.includes(one)));
    }, () => `${texts.join(', ')} in the log`);
  assert.match(id, /^SESSION-Bake_rye_bread-\d{10}$/);
  await has('title = "Bake rye bread 🍞"', 'status = "🟢 Active"', /`: Session started: Bake rye bread 🍞\n$/);
  assert.deepEqual(await markers(), [`.active-${id}`]);
  assert.equal((await readdir(path.join(home, id, 'artifacts'))).length, 12);
  await poll(async () => (await vscode.page.locator('.tab').count()) === 1, 'the READMEs that were made to be closed');
  step('the palette starts a session, and the log opens');

  await vscode.command('Session: Insert Log Entry');
  await vscode.answer('What happened?', 'Decision: wholemeal');
  await has(/^- \[\S+Z\] `\S+`: Decision: wholemeal\n$/m);
  step('an entry is inserted from the palette, and saved');

  await vscode.focusEditor();
  await vscode.goTo('22:1');
  await vscode.applyCodeAction('Insert a log entry here');
  const entries = async () => (await vscode.visibleLines()).filter((line) => /^-\s\[/.test(line));
  await poll(async () => (await entries()).length === 3, 'the entry that is begun to show');
  await vscode.goTo('23:200');
  await vscode.type('the oven is hot');
  await vscode.focusEditor();
  await vscode.save();
  await has(/^- \[\S+Z\] `\S+`: the oven is hot$/m);
  step('another is begun where the cursor is, by a code action');

  const notes = path.join(home, id, 'artifacts/notes');
  await mkdir(notes, { recursive: true });
  await writeFile(path.join(notes, 'NOTE-flour-2606050900.md'), '# Flour\n');
  await vscode.problems('**/session_log.md', (problems) => problems.some((text) => text.includes('unlisted-artifact')));
  await vscode.focusEditor();
  await vscode.goTo('4:1');
  await vscode.codeActions();
  await vscode.screenshot('actions-of-a-session');
  await vscode.applyCodeAction('Link all unlisted artifacts, and log it');
  await has('"artifacts/notes/NOTE-flour-2606050900.md"', /`: Linked artifact: .*NOTE-flour/);
  await vscode.problems('**/session_log.md', (problems) => problems.length === 0);
  step('an artifact that another program made is linked by a code action, and logged');

  await vscode.command('Session: Pause');
  await has('status = "⏸️ Paused"', /^end_time = "\S+Z"$/m, 'Session paused');
  await poll(async () => (await markers()).length === 0, 'the marker to go');
  step('the palette pauses it');

  await vscode.focusEditor();
  await vscode.goTo('4:1');
  await vscode.applyCodeAction('Resume this session');
  await has('status = "🟢 Active"', 'end_time = ""', 'Session resumed');
  await poll(async () => (await markers()).length === 1, 'the marker to come');
  step('a code action resumes it');

  await vscode.command('Session: Complete');
  await has('status = "🏁 Completed"', 'Session completed');
  await poll(async () => (await markers()).length === 0, 'the marker to go');
  await vscode.problems('**/session_log.md', (problems) => problems.length === 0);
  await vscode.screenshot('completed');
  step('the palette completes it, and nothing is wrong in the log');
}
