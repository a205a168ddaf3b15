// Takes the pictures in the README. From this folder, after `make e2e`:
//
//   CHROMIUM=$(command -v chromium) node run.mjs --install ~/.cache/mdtm-e2e/4.139.1 --vsix ../mdtm.vsix \
//     --workspace ../../examples/workspace --out ../out/picture picture.mjs
//   cp ../out/picture/picture/01-vscode.png ../../docs/images/vscode.png
//   cp ../out/picture/picture/02-log.png ../../docs/images/log.png
export default async function ({ vscode, page }) {
  await page.setViewportSize({ width: 1200, height: 800 });
  await vscode.openFile('.mdtm/sessions/SESSION-001/session_log.md');
  await vscode.squiggle('error');
  await vscode.problems('', (problems) => problems.length > 6);
  await vscode.focusEditor();
  await vscode.goTo('4:14');
  await vscode.codeActions();
  await vscode.screenshot('vscode');
  await page.keyboard.press('Escape');
  await vscode.command('View: Hide Panel');
  await vscode.openFile('.mdtm/sessions/SESSION-002/session_log.md');
  await page.setViewportSize({ width: 1400, height: 900 });
  await vscode.goTo('32:45');
  await vscode.goTo('17:1');
  await page.locator('.codelens-decoration').filter({ hasText: 'task open' }).waitFor();
  await vscode.goTo('18:30');
  await vscode.hover('2 of 4 boxes ticked');
  await vscode.screenshot('log');
}
