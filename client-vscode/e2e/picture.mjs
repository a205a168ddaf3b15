// Takes the picture in the README. From this folder, after `make e2e`:
//
//   CHROMIUM=$(command -v chromium) node run.mjs --install ~/.cache/mdtm-e2e/4.139.1 --vsix ../mdtm.vsix \
//     --workspace ../../examples/workspace --out ../out/picture picture.mjs
//   cp ../out/picture/picture/01-vscode.png ../../docs/images/vscode.png
export default async function ({ vscode, page }) {
  await page.setViewportSize({ width: 1200, height: 800 });
  await vscode.openFile('.mdtm/sessions/SESSION-001/session_log.md');
  await vscode.squiggle('error');
  await vscode.problems('', (problems) => problems.length > 6);
  await vscode.focusEditor();
  await vscode.goTo('4:14');
  await vscode.codeActions();
  await vscode.screenshot('vscode');
}
