/** The page docs/support.md, generated from the manifest, the jobs that run the suites, and the tables of the code. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ASSISTANTS, type Verified } from '../../src/provenance/assistants';
import { FORGES } from '../../src/review/forges';

/** The page's path, relative to the repository's root. */
export const SUPPORT_PAGE = 'docs/support.md';

const TOP = path.resolve(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(path.join(TOP, name), 'utf8');

const Manifest = z.object({ engines: z.object({ node: z.string(), vscode: z.string() }) });
const matrixOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ strategy: z.object({ matrix: z.object(shape) }) });
const Workflow = z.object({
  jobs: z.object({
    test: matrixOf({ os: z.array(z.string()), node: z.array(z.number()) }),
    editor: matrixOf({ os: z.array(z.string()), editor: z.array(z.string()) }),
  }),
});

const SYSTEMS: Readonly<Record<string, string>> = {
  'ubuntu-latest': 'Linux',
  'windows-latest': 'Windows',
  'macos-latest': 'macOS',
};
const systemsOf = (images: readonly string[]): string => images.map((image) => SYSTEMS[image] ?? image).join(', ');

const KNOWN_BY: Readonly<Record<Verified, string>> = {
  run: 'its program runs in our tests',
  recorded: 'payloads of its program are played in our tests',
  documented: "payloads after its maker's description are played in our tests",
};

/** The row of a program that one suite runs, if the suite is there. */
function ranBy(name: string, says: string, suite: string): string {
  if (!existsSync(path.join(TOP, 'test', `${suite}.test.ts`)))
    throw new Error(`No suite test/${suite}.test.ts runs ${name}.`);
  return `| ${name} | ${says} | \`test/${suite}.test.ts\` |`;
}

export function supportDoc(): string {
  const { engines } = Manifest.parse(JSON.parse(textOf('package.json')));
  const { test, editor } = Workflow.parse(parse(textOf('.github/workflows/test.yml'))).jobs;
  const suites = test.strategy.matrix;
  const editors = editor.strategy.matrix;
  return `# Support

This page is written from the manifest, the jobs that run the tests, and the tables of the code (\`npm run docs\`). Nobody writes it
by hand, and a test fails if it is out of date. A program or version that is not here may work. Nobody tries it.

## Systems, Node and editors

| | Needed | Tried in each version | By |
|---|---|---|---|
| Systems | | ${systemsOf(suites.os)} | \`.github/workflows/test.yml\` |
| Node, for the command line | ${engines.node} | ${suites.node.join(', ')} | \`.github/workflows/test.yml\` |
| VS Code, and editors made from it | ${engines.vscode} | ${editors.editor.join(', ')} | \`.github/workflows/test.yml\` |

| Other editors | Tried | By |
|---|---|---|
${['Vim', 'Neovim'].map((name) => ranBy(name, "typing, undo, put, text that comes in, an agent's command", 'cli/vim-plugin.git')).join('\n')}

[Other editors](editors.md) says what a plugin sends.

## Assistants

| Assistant | Edits | Shell | How we know | Versions |
|---|---|---|---|---|
${ASSISTANTS.map(({ title, coverage }) => `| ${title} | ${coverage.edits ? 'yes' : 'no'} | ${coverage.shell ? 'yes' : 'no'} | ${KNOWN_BY[coverage.verified]} | ${coverage.versions} |`).join('\n')}

[Assistants](assistants.md) has the details.

## Forges

| Forge | Prefilled pull request | \`linekeeper ci\` |
|---|---|---|
${FORGES.map(({ name, jobs }) => `| ${name} | yes | ${jobs === undefined ? 'no' : 'yes'} |`).join('\n')}

[Forges](forges.md) says what each can tell.
`;
}
