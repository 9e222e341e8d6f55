/** The page docs/support.md, generated from the manifest, the jobs that run the suites, and the tables of the code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ASSISTANTS } from '../../src/provenance/assistants';
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

/** Languages whose calls the rules read: by a grammar, and C# by a reader of its own. */
const CODE_LANGUAGES = 'JavaScript, TypeScript, Python, Ruby, PHP, Java, Go and C#';

const titlesWhere = (isIncluded: (verified: string) => boolean): string =>
  new Intl.ListFormat('en-GB').format(
    ASSISTANTS.filter(({ coverage }) => isIncluded(coverage.verified)).map(({ title }) => title),
  );

export function supportDoc(): string {
  const { engines } = Manifest.parse(JSON.parse(textOf('package.json')));
  const { test, editor } = Workflow.parse(parse(textOf('.github/workflows/test.yml'))).jobs;
  const suites = test.strategy.matrix;
  const editors = editor.strategy.matrix;
  const oldest = engines.vscode.replace('^', '');
  const hosts = new Intl.ListFormat('en-GB').format(FORGES.map(({ name }) => name));
  const without = FORGES.filter(({ jobs }) => jobs === undefined).map(({ name }) => name);
  return `# Support

- **For** people who ask whether Linekeeper works on their system.
- **You get** the systems, editors, assistants and Git hosts that it supports, and those that we test.

**Limit**: other programs and versions may work, but we do not test them. The newest release gets fixes.

| Part | You need | Our tests run on |
|---|---|---|
| System | Linux, Windows or macOS | ${systemsOf(suites.os)} of GitHub's runners |
| VS Code, or an editor based on it | ${oldest} or newer | ${editors.editor.map((version) => (version === 'stable' ? 'the current release' : version)).join(' and ')} of VS Code |
| Git | 2.38 or newer. Older versions work, except for some merges (a message says so) | the Git version of those runners |
| Node, for the command line only | ${engines.node.replace('>=', '')} or newer | ${suites.node.join(', ')} |

## Editors and remote work

| You use | Supported | Do |
|---|---|---|
| Remote-SSH, WSL, Dev Containers, Codespaces | yes. Our tests use only VS Code's remote server | install the extension on the remote side ([dev containers](install.md#dev-containers-and-codespaces)) |
| vscode.dev, github.dev | no | use a codespace, or clone the repository |
| VSCodium, Cursor, Windsurf, Kiro and other editors based on VS Code | yes, from version ${oldest} of VS Code. Not tested | install the \`.vsix\` file |
| Vim, Neovim | yes, tested | install [the plugin](editors.md) |
| JetBrains, Visual Studio, Emacs, Zed | no plugin | use the [command line](install.md). Lines that you type are *unknown* |
| ARM processors | yes, not tested | install as usual |

## Assistants

Our tests run ${titlesWhere((verified) => verified === 'run')}. They do not run ${titlesWhere((verified) => verified !== 'run')} ([all, with versions](assistants.md#all-assistants)).

## Languages

Author marks: every text file. [Danger rules](rules/README.md): Terraform, Kubernetes, SQL, CI files, shell, ${CODE_LANGUAGES}.

## Git hosts

Pull requests and \`linekeeper ci\`: ${hosts}${without.length === 0 ? '' : ` (without \`ci\`: ${without.join(', ')})`}. We ran the job only on Gitea (1.23.8 and 1.27.3). [Git hosts](forges.md) has the limits of each.

**Check it**: \`linekeeper doctor\` names the versions on your machine.
`;
}
