#!/usr/bin/env node
// Reads Markdown with VS Code's own tokenizer and Markdown grammar and our injection into it, and holds the scopes
// against what is expected.
//
//   node grammar.mjs --install DIR
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installation } from './lib/server.mjs';

const { values: option } = parseArgs({ options: { install: { type: 'string' } } });
const install = await installation(option.install);
const vscode = path.join(path.dirname(install.entry), '../../lib/vscode');
const require = createRequire(path.join(vscode, 'package.json'));
const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');

const OURS = new URL('../syntaxes/frontmatter.tmLanguage.json', import.meta.url);
const FILES = {
  'text.html.markdown': path.join(vscode, 'extensions/markdown-basics/syntaxes/markdown.tmLanguage.json'),
  'markdown.frontmatter.toml': OURS,
};
await oniguruma.loadWASM(await readFile(require.resolve('vscode-oniguruma/release/onig.wasm')));
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => FILES[scope] && parseRawGrammar(await readFile(FILES[scope], 'utf8'), 'x.json'),
  getInjections: (scope) => (scope === 'text.html.markdown' ? ['markdown.frontmatter.toml'] : undefined),
});
const grammar = await registry.loadGrammar('text.html.markdown');

/** The innermost scope of each part of a text that has one of its own: [text, scope]. */
function parts(text) {
  let state = INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.join(' ')]);
  });
}

/** Asserts that `part` of the text has `scope` innermost, and stands in the block or out of it. */
function check(text, part, scope, inBlock = true) {
  const found = parts(text).flat().find(([piece]) => piece === part);
  assert(found, `no part ${part} in\n${text}\n${JSON.stringify(parts(text), null, 1)}`);
  assert(found[1].split(' ').at(-1) === scope, `${part} is ${found[1]}, not ${scope}, in\n${text}`);
  assert.equal(/meta\.embedded/.test(found[1]), inBlock, `${part} is ${found[1]}`);
}
const inBlock = (toml) => `+++\n${toml}\n+++\n\n# Title\n`;
const cases = [
  ['id = "a"', 'id', 'entity.name.tag.toml'],
  ['id = "a"', '=', 'punctuation.separator.key-value.toml'],
  ['id = "a🟢"', 'a🟢', 'string.quoted.double.toml'],
  ['id = "a\\tb"', '\\t', 'constant.character.escape.toml'],
  ['id = "a\\qb"', '\\q', 'invalid.illegal.escape.toml'],
  ["id = 'a\\tb'", 'a\\tb', 'string.quoted.single.toml'],
  ['a."b c".d = 1', '"b c"', 'entity.name.tag.toml'],
  ['a.b = 1', '.', 'punctuation.separator.dot.toml'],
  ['n = 1_000', '1_000', 'constant.numeric.integer.toml'],
  ['n = -0.5e-3', '-0.5e-3', 'constant.numeric.float.toml'],
  ['n = 0xFF', '0xFF', 'constant.numeric.hex.toml'],
  ['n = +inf', '+inf', 'constant.numeric.float.toml'],
  ['t = 2026-11-20T10:00:00.5Z', '2026-11-20T10:00:00.5Z', 'constant.other.time.datetime.toml'],
  ['t = 2026-11-20', '2026-11-20', 'constant.other.time.datetime.toml'],
  ['t = 10:00:00', '10:00:00', 'constant.other.time.toml'],
  ['b = true', 'true', 'constant.language.boolean.toml'],
  ['b = true # why', ' why', 'comment.line.number-sign.toml'],
  ['b = "a # b"', 'a # b', 'string.quoted.double.toml'],
  ['[a.b]', 'b', 'entity.name.section.table.toml'],
  ['[[a]]', '[[', 'punctuation.definition.table.toml'],
  ['x = [\n  "a", # one\n  [1, 2],\n]\ny = true', 'true', 'constant.language.boolean.toml'],
  ['x = [\n  [1, 2],\n]', '2', 'constant.numeric.integer.toml'],
  ['x = [{type = "a"}]', 'type', 'entity.name.tag.toml'],
  ['x = """\na "quoted" \\u00e9\n# no comment"""\ny = 1', '# no comment', 'string.quoted.triple.double.toml'],
  ["x = '''\na = 1'''\ny = 1", 'a = 1', 'string.quoted.triple.single.toml'],
  // What is broken spoils no more than it must.
  ['x = "no end\ny = true', 'true', 'constant.language.boolean.toml'],
  ['x = ["a",\n"b"\ny = true', 'y', 'entity.name.tag.toml'],
  ['[a\ny = true', 'y', 'entity.name.tag.toml'],
];
for (const [toml, part, scope] of cases) check(inBlock(toml), part, scope);

const HEADING = 'entity.name.section.markdown';
for (const toml of ['id = "a"', '', 'x = """\nno end', 'x = [', '[a', 'x = {']) check(inBlock(toml), 'Title', HEADING, false);
check(inBlock('id = 1'), '+++', 'punctuation.definition.begin.frontmatter', false);
assert.match(parts('+++\nid = 1\n+++\n')[2][0][1], /punctuation\.definition\.end\.frontmatter$/);
check('# Title\n\n+++\nid = 1\n+++', 'Title', HEADING, false);
assert(!parts('# Title\n\n+++\nid = 1\n+++').flat().some(([, scopes]) => scopes.includes('toml')), 'not at the top');
console.log(`grammar: ${cases.length + 9} cases as expected in code-server ${install.version}`);
