/** Support for one more assistant is a folder and a line in each table: a made-up one, in a copy of the sources. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundlesOf, contentsOf } from '../../../scripts/build';
import { itInFull } from '../../support/full';
import { builtCli } from '../../support/product';
import { TestRepository } from '../../support/repository';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const run = promisify(execFile);

const RECORD = `
import path from 'node:path';
import { NO_OPINION, toolDecision } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { exactly } from '../../hook-payloads/claimed-change-builders';
import { isObject, objectOf, textAt } from '../../hook-payloads/payload-fields';
import type { Assistant } from '../../types';

export const madeUp: Assistant = {
  id: 'made-up',
  title: 'Made Up',
  coverage: {
    surfaces: 'CLI',
    versions: '1',
    verified: 'documented',
    edits: true,
    shell: false,
    completions: false,
    commitsRunHooks: true,
    limits: [],
  },
  programs: ['made-up'],
  variables: ['MADE_UP'],
  hooks: (scope, { home }) =>
    scope === 'project'
      ? []
      : [
          {
            kind: 'listed',
            file: path.join(home, '.made-up', 'settings.json'),
            defaults: {},
            entries: ({ before, others }) => [
              { at: ['hooks', 'PreToolUse'], value: { command: before.any } },
              { at: ['hooks', 'PostToolUse'], value: { command: others.any } },
            ],
            offSwitches: [],
          },
        ],
  settings: () => [],
  harmless: new Set(),
  recognises: (payload) => isObject(payload) && 'made_up' in payload,
  read: readerOf({
    id: 'made-up',
    title: 'Made Up',
    events: { pretooluse: 'before', posttooluse: 'after' },
    harmless: new Set(),
    claims: (_tool, input) => ({
      tool: 'edit',
      ...exactly([
        { path: textAt(objectOf(input), 'file_path') ?? '', old: '', new: textAt(objectOf(input), 'content') ?? '' },
      ]),
    }),
  }),
  model: (event) => event.model,
  deny: (reason) => toolDecision('deny', reason),
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: ['bot@made-up.example'], trailers: [], accounts: [] },
};
`;

const PERMISSIONS = `
import path from 'node:path';
import { when } from '../../permissions/grant-builders';
import type { Auditor } from '../../permissions/types';

export const madeUp: Auditor = {
  id: 'made-up',
  configs: ({ home }) => [
    {
      scope: 'user',
      file: path.join(home, '.made-up', 'settings.json'),
      format: 'json',
      judge: (settings) => when(settings, ['yolo'], [true], 'everything', 'Take it out.', 'Every tool is used unasked.'),
    },
  ],
};
`;

const SELF_TEST = `
import { claudeShaped, type SelfTest } from '../../hook-self-test/self-test-and-canary-edit';

export const madeUp: SelfTest = { canaries: claudeShaped('write', 'file_path') };
`;

/** The command line's bundles that hold a table of the assistants: the others are the same as without the added one. */
async function bundlesWithRegistries(): Promise<readonly string[]> {
  const names = bundlesOf('command-line').map((file) => path.basename(file, '.js'));
  const contents = await Promise.all(names.map(contentsOf));
  return names.filter((_name, at) =>
    contents[at]?.some((file) => /^src\/provenance\/assistants\/(?:.+\/)?registry\.ts$/.test(file)),
  );
}

describe('an assistant added to the registry', function () {
  this.timeout(300_000);
  let test: TestRepository;
  let cli: string;
  const ask = async (...words: string[]): Promise<unknown> => {
    // What `doctor` has to say is no failure of the call.
    const done = run(process.execPath, [cli, ...words, '--json'], { cwd: test.root, env: test.env }).catch(
      (error: unknown) => error as { stdout: string },
    );
    return JSON.parse((await done).stdout);
  };

  before(async () => {
    test = await TestRepository.create();
    const copy = test.outside('copy');
    mkdirSync(copy);
    for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json'])
      cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    const agents = path.join(copy, 'src', 'provenance', 'assistants');
    const folder = path.join(agents, 'known', 'made-up');
    mkdirSync(folder);
    for (const [name, text, table] of [
      ['index', RECORD, 'registry.ts'],
      ['permission-settings', PERMISSIONS, path.join('permissions', 'registry.ts')],
      ['canary-payloads', SELF_TEST, path.join('hook-self-test', 'registry.ts')],
    ] as const) {
      writeFileSync(path.join(folder, `${name}.ts`), text);
      const file = path.join(agents, table);
      const line = name === 'canary-payloads' ? "  'made-up': madeUp,\n};\n" : '  madeUp,\n];\n';
      const from = path.relative(path.dirname(file), path.join(folder, name)).replaceAll(path.sep, '/');
      const content = readFileSync(file, 'utf8').replace(/^(?:\];|\};)\n/m, line);
      writeFileSync(file, `import { madeUp } from '${from.startsWith('.') ? from : `./${from}`}';\n${content}`);
    }
    await builtCli();
    cpSync(path.join(ROOT, 'dist'), path.join(copy, 'dist'), { recursive: true });
    await run(
      process.execPath,
      ['--import=tsx', path.join('scripts', 'build.ts'), ...(await bundlesWithRegistries())],
      {
        cwd: copy,
      },
    );
    cli = path.join(copy, 'dist', 'cli.js');
    test.write('a.txt', 'one\n');
    await test.commit('Start');
    await run(process.execPath, [cli, 'install', '--git', '--user', '--assistant', 'made-up'], {
      cwd: test.root,
      env: test.env,
    });
  });
  after(() => test.dispose());

  itInFull('doctor --prove installs its hooks and finds its edits recorded under its name', async () => {
    const { chains } = (await ask('doctor', '--prove')) as {
      chains: { assistant: string; proven: boolean; steps: unknown }[];
    };
    const own = chains.filter(({ assistant }) => assistant === 'made-up');
    assert.equal(own.length, 1);
    assert.ok(own[0]?.proven, JSON.stringify(own[0]?.steps));
  });

  it('linekeeper audit reads its settings', async () => {
    const file = path.join(test.home, '.made-up', 'settings.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{', '{ "yolo": true,'));
    const { allowed } = (await ask('audit')) as { allowed: { assistant: string; says: string }[] };
    assert.deepEqual(
      allowed.map(({ assistant, says }) => [assistant, says]),
      [['made-up', 'Every tool is used unasked.']],
    );
  });
});
