// A person's hands and eyes on a VS Code window: every wait is for something that shows, never for time to pass.
import path from 'node:path';
import { mkdir } from 'node:fs/promises';

/** For one try of several: under load a second is not much. */
const BRIEFLY = { timeout: 3_000 };

export class Workbench {
  #shots = 0;

  constructor(page, { outDir, timeout = 30_000 }) {
    this.page = page;
    this.outDir = outDir;
    page.setDefaultTimeout(timeout);
  }

  async open(url) {
    await this.page.goto(url);
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
    return this;
  }

  async screenshot(name) {
    await mkdir(this.outDir, { recursive: true });
    const file = path.join(this.outDir, `${String(++this.#shots).padStart(2, '0')}-${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  // --- quick input (command palette, quick open, pickers, input boxes) -------------------------------------------

  get quickInput() { return this.page.locator('.quick-input-widget:visible'); }
  get quickInputRows() { return this.quickInput.locator('.quick-input-list .monaco-list-row'); }

  /**
   * Opens the quick input with `key` and does `act` in it. VS Code closes it when it shows a file just then; so what
   * waits in `act` waits only BRIEFLY, and all of it is done anew until it succeeds.
   */
  async #inQuickInput(key, act, what) {
    const input = this.quickInput.locator('input.input');
    let obstacle = '';
    await poll(async () => {
      if (!await input.isVisible()) await this.page.keyboard.press(key);
      return act(input).then(() => true, (error) => { obstacle = error.message; return false; });
    }, () => `${what}: ${obstacle}`);
  }

  /** Runs a command by its title, the way a person does: F1, type, Enter. `title` as the palette shows it. */
  async command(title) {
    await this.#inQuickInput('F1', async (input) => {
      // Filled anew each time: a window that has just opened does not know all commands yet.
      for (const text of ['>', `>${title}`]) await input.fill(text, BRIEFLY);
      await this.#acceptRow(title, BRIEFLY);
    }, `the command ${title}`);
  }

  /** Types an answer into the input box that asks `question`. */
  async answer(question, text) {
    await this.quickInput.filter({ hasText: question }).waitFor();
    await this.quickInput.locator('input.input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses a row of the picker that is open. */
  async pick(label) { await this.#acceptRow(label); }

  /** Waits until a file is the active tab. */
  async tab(name) {
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editor.waitFor();
  }

  /** Opens a file of the workspace with quick open, and waits for its editor. `place` is 'line' or 'line:column'. */
  async openFile(name, place) {
    const [folder, file] = [path.dirname(name), path.basename(name)];
    const rows = this.quickInputRows.filter({ hasText: file }).filter({ hasText: folder === '.' ? '' : folder });
    await this.#inQuickInput('Control+KeyP', async (input) => {
      await input.fill(name, BRIEFLY);
      await rows.first().click(BRIEFLY);
    }, `the file ${name}`);
    await this.tab(file);
    if (place) await this.goTo(place);
  }

  /** Clicks the row with exactly this label, or, where there is none, the first that contains it. */
  async #acceptRow(text, options = undefined) {
    await this.quickInputRows.filter({ hasText: text }).first().waitFor(options);
    const whole = new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
    const exact = this.quickInputRows.filter({ has: this.page.locator('.label-name').filter({ hasText: whole }) });
    const row = (await exact.count()) ? exact : this.quickInputRows.filter({ hasText: text });
    await row.first().click(options);
  }

  // --- editor ------------------------------------------------------------------------------------------------------

  get editor() { return this.page.locator('.part.editor .editor-group-container.active .editor-instance .monaco-editor').first(); }

  async focusEditor() { await this.command('View: Focus Active Editor Group'); }

  async goTo(place) {
    await this.#inQuickInput('Control+KeyG', async (input) => {
      await input.fill(`:${place}`, BRIEFLY);
      await input.press('Enter', BRIEFLY);
    }, `line ${place}`);
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  async type(text) { await this.page.keyboard.type(text); }

  /** The lines that show (VS Code draws only those), top to bottom. For the whole text: save() and read the file. */
  async visibleLines() {
    return this.editor.locator('.view-line').evaluateAll((lines) =>
      lines
        .map((line) => ({ top: parseFloat(line.style.top), text: line.textContent.replaceAll('\u00a0', ' ') }))
        .sort((a, b) => a.top - b.top)
        .map((line) => line.text),
    );
  }

  async save() {
    await this.page.keyboard.press('Control+KeyS');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Waits for a squiggle: severity is 'error', 'warning', 'info' or 'hint'. */
  async squiggle(severity = 'error') {
    const found = this.editor.locator(`.squiggly-${severity}`).first();
    await found.waitFor({ state: 'attached' });
    return found;
  }

  /** Opens the hover at the cursor and waits until it holds `text` (its parts come one by one). Returns all of it. */
  async hover(text = '') {
    await this.page.keyboard.press('Control+KeyK');
    await this.page.keyboard.press('Control+KeyI');
    const hover = this.page.locator('.monaco-resizable-hover:visible, .monaco-hover:visible').filter({ hasText: text }).first();
    await hover.waitFor();
    return (await hover.innerText()).trim();
  }

  async closeHover() { await this.page.keyboard.press('Escape'); }

  /** Titles of the code actions at the cursor; leaves the menu open. */
  async codeActions() {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await poll(async () => {
      await this.page.keyboard.press('Control+Period'); // anew where the editor was too busy to hear it
      return rows.first().waitFor({ timeout: 3_000 }).then(() => true, () => false);
    }, 'code actions');
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  /** Applies one, by keyboard: in older VS Code the menu ignores the mouse until it moves. */
  async applyCodeAction(title) {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    if (!(await rows.first().isVisible())) await this.codeActions();
    const focused = this.page.locator('.action-widget .monaco-list-row.action.focused');
    for (let left = await rows.count(); !(await focused.innerText()).includes(title); left--) {
      if (left === 0) throw new Error(`no code action ${title} among: ${(await rows.allInnerTexts()).join(', ')}`);
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  // --- panels, notifications, status bar --------------------------------------------------------------------------------

  /**
   * Opens the Problems panel, shows those of the files that match `glob` alone, and waits until `expected` gives true
   * for their texts, as a person reads them: message, source, code and place.
   */
  async problems(glob, expected, timeout = undefined) {
    if (!(await this.page.locator('.markers-panel').isVisible())) await this.command('Problems: Focus on Problems View');
    await this.page.getByPlaceholder(/^Filter \(e\.g\. text/).fill(glob);
    const rows = this.page.locator('.markers-panel .monaco-list-row').filter({ has: this.page.locator('.marker-icon') });
    let texts = [];
    await poll(async () => {
      texts = (await rows.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim());
      return expected(texts);
    }, () => `other problems than ${JSON.stringify(texts)}`, timeout);
    return texts;
  }

  /** The scopes at a place, innermost first, as "Inspect Editor Tokens and Scopes" shows them. */
  async scopes(place) {
    await this.goTo(place);
    await this.command('Developer: Inspect Editor Tokens and Scopes');
    const widget = this.page.locator('.token-inspect-widget').filter({ hasText: 'textmate scopes' });
    const text = await widget.innerText();
    await this.page.keyboard.press('Escape');
    await widget.waitFor({ state: 'detached' });
    return text.split('textmate scopes')[1].trim().split('\n');
  }

  /** The colour in which a piece of text shows. */
  async colour(text) {
    const piece = this.editor.locator('.view-line span span').filter({ hasText: text }).first();
    return piece.evaluate((element) => getComputedStyle(element).color);
  }

  /** Waits until a Markdown preview shows a heading. */
  async previewHeading(text) {
    const shows = async (frame) =>
      (await frame.locator('h1', { hasText: text }).count()) > 0 && (await (await frame.frameElement()).isVisible());
    const previews = () => this.page.frames().filter((frame) => frame.parentFrame());
    await poll(
      async () => (await Promise.all(previews().map((frame) => shows(frame).catch(() => false)))).some(Boolean),
      `a preview of ${text}`,
    );
  }

  /** Closes the dialog in which newer VS Code shows some editors, such as the settings. */
  async closeModalEditor() {
    const modal = this.page.locator('.monaco-modal-editor-block');
    if (!(await modal.isVisible())) return;
    await modal.locator('.modal-editor-header .codicon-close').click();
    await modal.waitFor({ state: 'hidden' });
  }

  /** How many notifications show. */
  async notifications() {
    return this.page.locator('.notifications-toasts .notification-list-item').count();
  }

  /** Waits for a notification with this text and returns the whole of it. */
  async notification(text) {
    const found = this.page.locator('.notifications-toasts .notification-list-item-message').filter({ hasText: text }).first();
    await found.waitFor();
    return (await found.innerText()).trim();
  }

  /** Presses a button of a notification. */
  async notificationButton(text, button) {
    await this.notification(text);
    const toast = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    await toast.locator('.monaco-button').filter({ hasText: button }).first().click();
  }
}

export async function poll(condition, what, timeout = 30_000) {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s in vain for ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
