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
  run: 'our tests run its program',
  recorded: 'our tests play payloads of its program',
  documented: "our tests play payloads after its vendor's documentation",
};

/** One row for each way in which assistants are known. */
const assistantRows = (): string =>
  Object.entries(KNOWN_BY)
    .map(([verified, says]) => {
      const known = ASSISTANTS.filter(({ coverage }) => coverage.verified === verified);
      return `| ${says} | ${known.map(({ title, coverage }) => `${title} (${coverage.versions}).`).join(' ')} |`;
    })
    .join('\n');

/** The row of a program that one suite runs, if the suite is there. */
function ranBy(name: string, says: string, suite: string): string {
  if (!existsSync(path.join(TOP, 'test', `${suite}.test.ts`)))
    throw new Error(`No suite test/${suite}.test.ts runs ${name}.`);
  return `| ${name} | ${says} |`;
}

export function supportDoc(): string {
  const { engines } = Manifest.parse(JSON.parse(textOf('package.json')));
  const { test, editor } = Workflow.parse(parse(textOf('.github/workflows/test.yml'))).jobs;
  const suites = test.strategy.matrix;
  const editors = editor.strategy.matrix;
  return `# Support

For everybody who asks whether Linekeeper works on their system. You get the systems, editors, assistants and Git hosts on which it is tried. Another program or
version may work. Nobody tries it.

| | Needed | Tried in each version |
|---|---|---|
| Systems | | ${systemsOf(suites.os)} |
| Node, for the command line | ${engines.node} | ${suites.node.join(', ')} |
| VS Code, and editors made from it | ${engines.vscode} | ${editors.editor.join(', ')} |

| [Other editors](editors.md) | Tried |
|---|---|
${['Vim', 'Neovim'].map((name) => ranBy(name, "typing, undo, put, text that comes in, an agent's command", 'cli/vim-plugin.git')).join('\n')}

| [Assistants](assistants.md) | Versions |
|---|---|
${assistantRows()}

| [Git hosts](forges.md) | |
|---|---|
| with a prefilled pull request | ${FORGES.map(({ name }) => name).join(', ')} |
| with \`linekeeper ci\` | ${FORGES.filter(({ jobs }) => jobs !== undefined)
    .map(({ name }) => name)
    .join(', ')} |

**Check it**: \`linekeeper doctor\` names the versions on your machine.
`;
}
