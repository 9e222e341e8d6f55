/** What depends on a change, in a real repository: each kind with what only looks like it. */
import assert from 'node:assert/strict';
import { blastRadius, dependentsOf, type BlastRadius } from '../../../src/policy/blast-radius';
import { check as checkVerb } from '../../../src/cli/verbs/check';
import { status } from '../../../src/cli/verbs/status';
import { gitCalls } from '../../../src/git';
import { Work } from '../../../src/editor/background/background-tasks';
import { itInFull } from '../../support/full';
import { callVerb } from '../../support/verbs';
import { TestRepository } from '../../support/repository';

const FILES: Readonly<Record<string, string>> = {
  'src/money.ts': 'export const total = 1;\n',
  'src/cart.ts': "import { total } from './money';\n",
  'src/shop/page.tsx': "const m = await import('../money.js');\n",
  'src/other.ts': "import { total } from './shop/money';\n// money\n",
  'app/billing.py': 'def pay(): pass\n',
  'app/jobs.py': 'from app.billing import pay\n',
  'app/views.py': 'from . import billing\n',
  'app/words.py': 'billing = 1\n',
  'go.mod': 'module example.com/shop\n',
  'pkg/store/store.go': 'package store\n',
  'cmd/main.go': 'package main\n\nimport (\n\t"example.com/shop/pkg/store"\n)\n',
  'infra/db.tf':
    'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\nresource "aws_db_instance" "spare" {\n  engine = "postgres"\n}\n',
  'infra/app.tf': 'locals {\n  host  = aws_db_instance.main.address\n  spare = aws_db_instance.spare.address\n}\n',
  'live/prod/main.tf': 'module "infra" {\n  source = "../../infra"\n}\n',
  'live/dev/main.tf': 'output "x" {\n  value = aws_db_instance.main.id\n}\n',
  'k8s/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings-map\ndata:\n  a: "1"\n',
  'k8s/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      volumes:\n        - configMap:\n            name: settings-map\n',
  'k8s/same.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: settings-map\nspec: {}\n',
  'k8s/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: deployer\n',
  'k8s/binding.yaml':
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: may-deploy\nsubjects:\n- kind: ServiceAccount\n  name: deployer\n',
  'k8s/api.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: api\n',
  'k8s/reader.yaml': 'apiVersion: v1\nkind: Pod\nspec:\n  volumes:\n    - secret:\n        secretName: api\n',
  'db/1.sql': 'CREATE TABLE invoices (id int);\n',
  'db/view.sql': 'CREATE VIEW open_invoices AS SELECT * FROM public.invoices;\n',
  'services/report.rb': 'sql = "select * from invoices where x"\n',
  'services/text.rb': '# all invoices are here\n',
  CODEOWNERS: '/services/ @acme/reports\n',
};

describe('blast radius, the files that depend on a change', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    for (const [name, text] of Object.entries(FILES)) test.write(name, text);
    await test.commit('Start');
  });
  after(() => test.dispose());

  const of = async (
    path: string,
    after: string | null,
    before: string | null = FILES[path] ?? null,
  ): Promise<BlastRadius> =>
    blastRadius(test.repository(), {
      changes: [{ path, from: null, before, after }],
      tree: 'HEAD',
      owners: () => Promise.resolve((name: string) => (name.startsWith('services/') ? ['@acme/reports'] : [])),
    });
  const edges = async (path: string, after: string | null): Promise<readonly string[]> =>
    (await of(path, after)).edges.map(({ kind, dependent, line }) => `${kind} ${dependent}:${String(line)}`).sort();

  it('follows imports in TypeScript, Python and Go, not mere words', async () => {
    assert.deepEqual(await edges('src/money.ts', 'export const total = 2;\n'), [
      'import src/cart.ts:1',
      'import src/shop/page.tsx:1',
    ]);
    assert.deepEqual(await edges('app/billing.py', 'def pay(): return 1\n'), [
      'import app/jobs.py:1',
      'import app/views.py:1',
    ]);
    assert.deepEqual(await edges('pkg/store/store.go', 'package store\nvar a int\n'), ['import cmd/main.go:4']);
  });

  it('an object of Kubernetes: has those who name it as dependents when its name has three letters', async () => {
    assert.deepEqual(await edges('k8s/api.yaml', null), ['kubernetes k8s/reader.yaml:6']);
  });

  it("answers for a file's unsaved text, with owners", async () => {
    const repository = test.repository();
    const answer = await new Work(Date.now).blast({
      places: { root: repository.root, gitDir: repository.gitDir, commonDir: repository.commonDir },
      path: 'db/1.sql',
      text: 'CREATE TABLE invoices (id bigint);\n',
    });
    assert.deepEqual(
      answer.edges.map(({ dependent, owners }) => [dependent, owners]),
      [
        ['db/view.sql', []],
        ['services/report.rb', ['@acme/reports']],
      ],
    );
  });

  itInFull('says when a name occurs in more lines than it reads', async () => {
    const big = await TestRepository.create();
    try {
      const words = 'money '.repeat(200);
      big.write('a/words.txt', `${words}\n`.repeat(7_500));
      big.write('src/money.ts', 'export const total = 1;\n');
      big.write('src/cart.ts', "import { total } from './money';\n");
      await big.commit('Start');
      const request = {
        changes: [{ path: 'src/money.ts', from: null, before: 'export const total = 1;\n', after: '\n' }],
        tree: 'HEAD',
      };
      const found = await blastRadius(big.repository(), { ...request, owners: () => Promise.resolve(() => []) });
      assert.match(found.cannotTell.join(), /^More files may depend on the change: .*\(money\).* first 8 MB/);
      assert.equal(found.files, 0);
      assert.match((await dependentsOf(big.repository(), request)).cannotTell.join(), /first 8 MB/);
      big.write('a/words.txt', `${words}\n`.repeat(100));
      await big.commit('Less');
      const whole = await blastRadius(big.repository(), { ...request, owners: () => Promise.resolve(() => []) });
      assert.deepEqual([whole.files, whole.cannotTell], [1, []]);
    } finally {
      await big.dispose();
    }
  });

  it('follows Terraform references to the changed blocks, and module sources', async () => {
    const changed = (FILES['infra/db.tf'] ?? '').replace('engine = "postgres"', 'engine = "mysql"');
    assert.deepEqual(await edges('infra/db.tf', changed), [
      'terraform infra/app.tf:2',
      'terraform live/prod/main.tf:2',
    ]);
  });

  it('follows names of Kubernetes objects', async () => {
    assert.deepEqual(await edges('k8s/settings.yaml', (FILES['k8s/settings.yaml'] ?? '').replace('"1"', '"2"')), [
      'kubernetes k8s/web.yaml:8',
    ]);
    const account = `${FILES['k8s/account.yaml'] ?? ''}automountServiceAccountToken: false\n`;
    assert.deepEqual(await edges('k8s/account.yaml', account), ['kubernetes k8s/binding.yaml:7']);
  });

  it('follows tables into views and code, not into earlier migrations, with evidence and owner', async () => {
    const blast = await of('db/2.sql', 'ALTER TABLE invoices DROP COLUMN total;\n', null);
    assert.deepEqual(
      blast.edges.map(({ dependent }) => dependent),
      ['db/view.sql', 'services/report.rb'],
    );
    assert.deepEqual(blast.edges.at(-1), {
      kind: 'sql',
      path: 'db/2.sql',
      dependent: 'services/report.rb',
      line: 1,
      evidence: 'sql = "select * from invoices where x"',
      owners: ['@acme/reports'],
    });
    assert.equal(blast.files, 2);
    assert.deepEqual(await edges('db/0.sql', 'ALTER TABLE invoices DROP COLUMN total;\n'), [
      'sql db/1.sql:1',
      'sql db/view.sql:1',
      'sql services/report.rb:1',
    ]);
  });

  it('says for which files it cannot know', async () => {
    assert.deepEqual((await of('src/Main.java', 'class Main {}\n', null)).cannotTell, [
      "What depends on src/Main.java isn't known: references to this kind of file are not read.",
    ]);
    assert.deepEqual((await of('README.md', 'x\n', null)).cannotTell, []);
  });

  itInFull('finds files that changed together before', async () => {
    const own = await TestRepository.create();
    for (let turn = 0; turn < 4; turn++) {
      own.write('schema.proto', `// ${String(turn)}\n`);
      own.write('client.java', `// ${String(turn)}\n`);
      if (turn === 0) own.write('once.txt', 'x\n');
      await own.commit(`Turn ${String(turn)}`);
    }
    const { edges: found } = await blastRadius(own.repository(), {
      changes: [{ path: 'schema.proto', from: null, before: '// 3\n', after: '// 4\n' }],
      tree: 'HEAD',
      owners: () => Promise.resolve(() => []),
    });
    assert.deepEqual(
      found.map(({ kind, dependent, evidence }) => [kind, dependent, evidence]),
      [['history', 'client.java', 'changed together in 4 of 4 commits']],
    );
    await own.dispose();
  });

  itInFull(
    'reads the history once per HEAD, and each time when a shallow end or a replaced commit may move it',
    async () => {
      const own = await TestRepository.create();
      const turn = async (text: string): Promise<void> => {
        own.write('schema.proto', `// ${text}\n`);
        own.write('client.java', `// ${text}\n`);
        await own.commit(`Turn ${text}`);
      };
      const ask = async (): Promise<{ readonly evidence: readonly string[]; readonly calls: number }> => {
        const before = gitCalls();
        const { edges: found } = await blastRadius(own.repository(), {
          changes: [{ path: 'schema.proto', from: null, before: null, after: '// new\n' }],
          tree: null,
          owners: () => Promise.resolve(() => []),
        });
        return { evidence: found.map(({ evidence }) => evidence), calls: gitCalls() - before };
      };
      try {
        assert.deepEqual((await ask()).evidence, [], 'no commit yet');
        for (const text of ['1', '2', '3']) await turn(text);
        const three = ['changed together in 3 of 3 commits'];
        assert.deepEqual(await ask(), { evidence: three, calls: 1 });
        assert.deepEqual(await ask(), { evidence: three, calls: 0 });
        await turn('4');
        const four = ['changed together in 4 of 4 commits'];
        assert.deepEqual(await ask(), { evidence: four, calls: 1 });
        own.write('.git/shallow', `${await own.repository().text(['rev-parse', 'HEAD~2'])}\n`);
        assert.deepEqual(await ask(), { evidence: three, calls: 1 });
        assert.deepEqual(await ask(), { evidence: three, calls: 1 });
      } finally {
        await own.dispose();
      }
    },
  );

  itInFull('is shown by status and check', async () => {
    const own = await TestRepository.create();
    for (const [name, text] of Object.entries(FILES)) own.write(name, text);
    own.write('.linekeeper.yml', 'version: 1\ntiers: [{name: standard, paths: ["**"]}]\n');
    await own.commit('Start');
    own.write('src/new.ts', "import { total } from './money';\n");
    own.write('src/money.ts', 'export const total = 3;\n');
    own.write('db/2.sql', 'DROP TABLE invoices;\n');
    const root = own.repository().root;
    const told = JSON.parse((await callVerb(status, ['--json'], root)).out) as { readonly blast: BlastRadius };
    assert.deepEqual(
      told.blast.edges.filter(({ kind }) => kind === 'sql').map(({ dependent }) => dependent),
      ['db/view.sql', 'services/report.rb'],
    );
    assert.match(
      (await callVerb(status, [], root)).out,
      /4 files depend on this change:\n[^]*services\/report\.rb:1 {2}sql, uses db\/2\.sql {2}\(@acme\/reports\)/,
    );
    await own.git('add', '-A');
    await own.git('commit', '-qm', 'Work');
    const checked = await callVerb(
      checkVerb,
      ['--base', 'HEAD~', '--head', 'HEAD', '--actor', 'ada@example.com', '--format', 'json'],
      root,
    );
    assert.equal((JSON.parse(checked.out) as { readonly blast: BlastRadius }).blast.files, 4);
    assert.match(
      (await callVerb(checkVerb, ['--base', 'HEAD~', '--head', 'HEAD', '--actor', 'ada@example.com'], root)).out,
      /4 files depend on this change:/,
    );
    await own.dispose();
  });
});
