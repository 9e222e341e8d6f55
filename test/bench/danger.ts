/**
 * What the danger rules cost: a change of 2,000 lines of each kind after warm-up, and the guard's answer to a command.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findInChanges } from '../../src/danger';
import { TOOLS } from '../support/grammars';
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, median, type Contender } from './measure';
import { CLI } from './program';
import { rowsOf, type Fact, type Row } from './rows';

const LINES = 2000;
const WARM_UP = 4;
const ROUNDS = 9;
const LIMIT_MS = 50;

interface Kind {
  readonly what: string;
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  /** What begins a comment. */
  readonly comment: string;
}

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join('');
const SOURCE = readFileSync(
  path.resolve(import.meta.dirname, '../../node_modules/typescript/lib/lib.dom.d.ts'),
  'utf8',
);

/** Sources that are like what people write; each change has one danger in it. */
function kinds(): readonly Kind[] {
  const typescript = many(
    LINES / 8,
    (i) =>
      `export async function step${String(i)}(input: Input): Promise<number> {\n  const rows = await load(input.id, { limit: ${String(i)} });\n  for (const row of rows) {\n    if (row.total > ${String(i)}) continue;\n    await remove(row.id);\n  }\n  return rows.length;\n}\n`,
  );
  const python = many(
    LINES / 8,
    (i) =>
      `def step_${String(i)}(source, limit=${String(i)}):\n    rows = load(source, limit)\n    for row in rows:\n        if row.total > limit:\n            continue\n        delete(row.id)\n    return len(rows)\n\n`,
  );
  const hcl = many(
    LINES / 8,
    (i) =>
      `resource "aws_db_instance" "db${String(i)}" {\n  identifier = "db${String(i)}"\n  engine = "postgres"\n  deletion_protection = true\n  tags = {\n    name = "x${String(i)}"\n  }\n}\n`,
  );
  const sql = many(
    LINES / 5,
    (i) => `CREATE TABLE t${String(i)} (\n  id bigint PRIMARY KEY,\n  name text NOT NULL,\n  other varchar(20)\n);\n`,
  );
  const kubernetes = many(
    LINES / 20,
    (i) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d${String(i)}\n  labels:\n    app: d${String(i)}\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: d${String(i)}\n  template:\n    spec:\n      containers:\n        - name: c\n          image: x:${String(i)}\n          ports:\n            - containerPort: 80\n---\n`,
  );
  const shell = many(
    LINES / 2,
    (i) => `echo step ${String(i)}\nif [ -f "f${String(i)}" ]; then cp f${String(i)} g${String(i)}; fi\n`,
  );
  return [
    { what: 'SQL', path: 'db/migrations/2.sql', before: null, after: `${sql}DROP TABLE users;\n`, comment: '--' },
    {
      what: 'Kubernetes',
      path: 'k8s/a.yaml',
      before: kubernetes,
      after: kubernetes.replace('replicas: 2', 'replicas: 0'),
      comment: '#',
    },
    { what: 'Terraform', path: 'infra/a.tf', before: hcl, after: hcl.replace('= true', '= false'), comment: '#' },
    {
      what: 'Python',
      path: 'app/a.py',
      before: python,
      after: `${python}import shutil\nshutil.rmtree(path)\n`,
      comment: '#',
    },
    { what: 'shell', path: 'scripts/a.sh', before: shell, after: `${shell}rm -rf /var/data\n`, comment: '#' },
    {
      what: 'TypeScript',
      path: 'src/a.ts',
      before: typescript,
      after: `${typescript}await fs.rm(userPath, { recursive: true });\n`,
      comment: '//',
    },
    {
      what: 'TypeScript without anything dangerous in it',
      path: 'src/b.ts',
      before: SOURCE.slice(0, 90_000),
      after: `${SOURCE.slice(0, 90_000)}\ninterface More {}\n`,
      comment: '//',
    },
  ];
}

export async function measureDanger(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  const facts: Fact[] = [];
  for (const kind of kinds())
    facts.push({
      what: `Danger rules on ${LINES.toLocaleString('en')} lines of ${kind.what}, on the processor, median`,
      value: await cpuOf(kind),
      unit: 'ms',
      limit: LIMIT_MS,
    });
  return { rows: await measureGuard(rounds), facts };
}

/** Each round has another first line and comes after another file, so that nothing is remembered. */
async function cpuOf({ path: name, before, after, comment }: Kind): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const marked = (text: string): string => `${comment} ${String(round)}\n${text}`;
    const change = { path: name, from: null, before: before === null ? null : marked(before), after: marked(after) };
    await findInChanges([{ path: name, from: null, before: null, after: after.slice(-2000) }], TOOLS);
    const begins = process.cpuUsage();
    await findInChanges([change], TOOLS);
    const { user, system } = process.cpuUsage(begins);
    if (round >= WARM_UP) times.push((user + system) / 1000);
  }
  return median(times);
}

/** The answer to an agent's command, in a repository that holds agents back. */
async function measureGuard(rounds: number): Promise<Row[]> {
  const test = await TestRepository.create();
  test.write(
    '.linekeeper.yml',
    'version: 1\ntiers: [{name: critical, paths: ["infra/**"], detect: [destructive], agents: deny-destructive}]\n',
  );
  await test.commit('Start');
  const asked = (command: string, denied: boolean): Contender => ({
    name: command,
    run: (turn) => {
      const input = JSON.stringify({
        hook_event_name: 'PreToolUse',
        session_id: 's',
        cwd: test.root,
        tool_name: 'Bash',
        tool_input: { command },
        tool_use_id: `call-${String(turn)}`,
      });
      const out = call({
        program: process.execPath,
        words: [CLI, 'record', 'claude-code'],
        cwd: test.root,
        env: test.env,
        input,
      });
      if (out.includes('"deny"') !== denied) throw new Error(`the guard answered ${out} to ${command}`);
    },
  });
  const times = await inTurns(
    [emptyNode(test), asked('terraform destroy', true), asked('npm run lint -- src', false)],
    rounds,
  );
  return rowsOf('Danger', times, [
    {
      what: 'Answer to an agent that would run `terraform destroy`',
      of: 'terraform destroy',
      against: ['node -e 0'],
      budget: 2.5,
    },
    {
      what: 'Answer to an agent that would run `npm run lint -- src`',
      of: 'npm run lint -- src',
      against: ['node -e 0'],
      budget: 2.5,
    },
  ]);
}
