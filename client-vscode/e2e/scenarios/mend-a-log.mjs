// A person opens a broken log, reads what is wrong, mends it and saves it; other programs change files meanwhile.
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const LOG = '.mdtm/sessions/SESSION-001/session_log.md';
const THIS = '**/SESSION-001/**';
const CLOSED = '.mdtm/sessions/SESSION-Speed_up_the_morning_list-20260810-052000/session_log.md';

export default async function ({ vscode, page, workspace, step, assert, poll }) {
  const onDisk = (file) => readFile(path.join(workspace, file), 'utf8');
  const has = (...codes) => (problems) =>
    problems.length === codes.length && codes.every((code) => problems.some((text) => text.includes(code)));

  await mkdir(path.join(workspace, '.vscode')); // early: a file in a folder just made may be missed by old versions
  await vscode.openFile(LOG);
  await vscode.squiggle('error');
  await vscode.squiggle('warning');
  await vscode.problems('', (problems) => problems.length > 6);
  await vscode.screenshot('opened');
  step('squiggles show, and the Problems panel lists the workspace');
  const problems = await vscode.problems(THIS, has('id-mismatch', 'broken-toml', 'unknown-status'));
  assert(problems.some((text) => text.includes('the array has no closing bracket') && text.includes('[Ln 10, Col 8]')));
  step(`${problems.length} problems in this log`);

  await vscode.focusEditor();
  assert.match((await vscode.scopes('2:2')).join(' '), /entity\.name\.tag\.toml.*meta\.embedded.*text\.html\.markdown/);
  assert.match((await vscode.scopes('2:8')).join(' '), /string\.quoted\.double\.toml/);
  const colours = await Promise.all(['coordinator', '"maren"', 'The cafés try'].map((text) => vscode.colour(text)));
  assert.equal(new Set(colours).size, 3, colours.join());
  step('the frontmatter is highlighted as TOML');

  await vscode.goTo('2:8');
  await vscode.hover('the id is SESSION-010, but the folder is named SESSION-001');
  await vscode.screenshot('hover');
  await vscode.closeHover();
  step('hover says what is wrong');

  const actions = await vscode.codeActions();
  await vscode.screenshot('quick-fixes');
  assert(actions.includes('Write SESSION-001'), actions.join());
  await vscode.applyCodeAction('Write SESSION-001');
  await vscode.problems(THIS, has('broken-toml', 'unknown-status'));
  step('a quick fix mends one');

  await poll(async () => { // again: VS Code drops the command when it looks for light bulbs of its own at that moment
    await vscode.focusEditor();
    await vscode.command('Fix All');
    return vscode.problems(THIS, has(), 5_000).then(() => true, () => false);
  }, 'Fix All to mend the others');
  await vscode.focusEditor();
  await vscode.save();
  await vscode.screenshot('mended');
  const saved = await onDisk(LOG);
  for (const line of ['id = "SESSION-001"', 'status = "completed"', 'tags = ["session", "log", "wholesale"]']) {
    assert(saved.includes(`${line}\n`), `no ${line} in\n${saved}`);
  }
  step('Fix All mends the others, and they are gone on disk');

  await vscode.goTo('5:1');
  await vscode.type('"');
  await vscode.problems(THIS, (texts) => texts.some((text) => text.includes('[Ln 5,')));
  await vscode.focusEditor();
  await page.keyboard.press('ControlOrMeta+KeyZ');
  await vscode.problems(THIS, has());
  step('what is typed is judged at once');

  await rm(path.join(workspace, path.dirname(LOG), 'artifacts/trial-accounts.md'));
  await vscode.problems(THIS, has('dangling-artifact'));
  await vscode.screenshot('artifact-deleted');
  step('an artifact that another program deletes is missed');

  const settings = path.join(workspace, '.vscode/settings.json');
  const writing = setInterval(() => { // again and again: old versions now and then miss that a file was written
    writeFile(settings, `{"mdtm.rules": {"dangling-artifact": "off"}}${' '.repeat(Math.random() * 50)}`);
  }, 3_000);
  await vscode.problems(THIS, has()).finally(() => clearInterval(writing));
  step('a rule is turned off in the settings');

  await appendFile(path.join(workspace, LOG), '- 2026-09-31T12:00:00Z - agent: written by another program\n');
  await vscode.problems(THIS, has('bad-time'));
  step('an open log that another program changes is judged anew');

  const broken = await onDisk(CLOSED);
  await vscode.problems(`**/${CLOSED}`, has('missing-opening-fence', 'unknown-status'));
  const mended = broken.replace('🟢 Actve', '⏸️ Paused').replace('end_time = ""', 'end_time = "2026-08-10T07:10:00Z"');
  await writeFile(path.join(workspace, CLOSED), `+++\n${mended}`);
  await vscode.problems(`**/${CLOSED}`, has());
  step('a closed log that another program mends leaves the Problems panel');

  await vscode.focusEditor();
  await vscode.command('Markdown: Open Preview to the Side');
  await vscode.previewHeading('Session log: Prepare a second shop for trials');
  await vscode.screenshot('preview');
  step('the Markdown preview works');
  assert.equal(await vscode.notifications(), 0);
}
