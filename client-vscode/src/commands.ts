// The verbs in the palette: each is handed to the server, which says what it still has to know.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the server answers to a command. */
interface Answer {
  done: boolean;
  text?: string;
  /** The files that the command changed, by their URIs. */
  changed?: string[];
  /** The file that is worth looking at now. */
  show?: string;
  /** A text in no file, by its URI, that shows what the command tells and is made anew when that changes. */
  view?: string;
  ask?: Question;
}

interface Question {
  name: string;
  question: string;
  title: string;
  choices: { value: string; label: string; description: string }[];
}

type Given = Record<string, unknown>;

/** Registers every verb that package.json contributes; `ready` gives the client, started if need be. */
export function registerVerbs(context: vscode.ExtensionContext, ready: () => Promise<LanguageClient | undefined>): void {
  const contributed: { command: string }[] = context.extension.packageJSON.contributes.commands;
  for (const { command } of contributed.filter(({ command }) => command.split('.').length === 3)) {
    const run = async (given: Given = {}) => carryOut(await ready(), command, given);
    context.subscriptions.push(vscode.commands.registerCommand(command, run));
  }
}

/** Sends a command until nothing is missing; gives what came of it. */
async function carryOut(client: LanguageClient | undefined, command: string, given: Given): Promise<Answer | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const unsaved = new Set(vscode.workspace.textDocuments.filter((one) => one.isDirty).map((one) => one.uri.toString()));
  const tabs = new Set(openTabs().map(({ uri }) => uri));
  while (client) {
    const params = { command, arguments: [{ uri, ...given }] };
    const answer: Answer = await client.sendRequest('workspace/executeCommand', params);
    if (!answer.ask) {
      const saved = await save(answer.changed ?? [], unsaved);
      const shown = answer.show && vscode.Uri.parse(answer.show).toString();
      const news = openTabs().filter(({ uri }) => saved.has(uri) && !tabs.has(uri) && uri !== shown);
      await vscode.window.tabGroups.close(news.map(({ tab }) => tab));
      if (answer.view) await vscode.window.showTextDocument(vscode.Uri.parse(answer.view), { preview: true });
      else if (answer.text?.includes('\n')) await show(answer.text);
      return answer;
    }
    const value = await asked(answer.ask);
    if (value === undefined) return undefined;
    given = { ...given, [answer.ask.name]: value };
  }
  return undefined;
}

async function asked({ question, title, choices }: Question): Promise<string | undefined> {
  const options = { title: `Session: ${title}`, ignoreFocusOut: true };
  if (choices.length === 0) return vscode.window.showInputBox({ ...options, prompt: question });
  return (await vscode.window.showQuickPick(choices, { ...options, placeHolder: question }))?.value;
}

/** Saves what a command changed, but for files that were being edited: those are the person's to save. */
async function save(changed: string[], unsaved: Set<string>): Promise<Set<string>> {
  const saved = new Set<string>();
  for (const uri of changed.map((one) => vscode.Uri.parse(one))) {
    const document = await vscode.workspace.openTextDocument(uri);
    if (!unsaved.has(uri.toString()) && (!document.isDirty || (await document.save()))) saved.add(uri.toString());
  }
  return saved;
}

/** The tabs that show a text; VS Code opens one for every file that an edit changes. */
function openTabs(): { tab: vscode.Tab; uri: string }[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap((tab) =>
    tab.input instanceof vscode.TabInputText ? [{ tab, uri: tab.input.uri.toString() }] : [],
  );
}

async function show(content: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }), { preview: true });
}
