/**
 * Programs that a command hands to something else to start: containers of manifests, folders of source files, files with
 * tests, archives, scripts of a package that run by themselves.
 */
import assert from 'node:assert/strict';
import { judge, ROOT, WATCHING } from '../support/guard';

const verdict = (command: string, files: Readonly<Record<string, string>>, committed: readonly string[] = []): string =>
  judge(
    { command },
    {
      rules: WATCHING,
      texts: Object.fromEntries(Object.entries(files).map(([name, text]) => [`${ROOT}/${name}`, text])),
      committed: committed.map((name) => `${ROOT}/${name}`),
    },
  ).verdict;

const manifest = (kind: string, container: string): Readonly<Record<string, string>> => ({
  'ops/job.yaml': `apiVersion: v1\nkind: ${kind}\nspec:\n  template:\n    spec:\n      containers:\n${container
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n')}\n`,
});
const LIST = "- name: a\n  image: postgres:16\n  command: [psql, -h, db.acme.io, -c, 'DROP TABLE orders']";
const BLOCK =
  '- command:\n  - sh\n  - -c\n  - |\n    set -e\n    redis-cli -h r.acme.io flushall\n  image: redis\n- name: b\n  image: x';
const ENTRY = '- name: a\n  image: amazon/aws-cli:2\n  args:\n    - s3\n    - rb\n    - s3://backups\n    - --force';

describe('the guard, for a manifest that a command hands to a cluster', () => {
  for (const container of [LIST, BLOCK, ENTRY])
    for (const command of ['kubectl -n shop apply -f ops/job.yaml', 'oc create -f ops/job.yaml'])
      it(`${command}: is held when a container of a job runs ${container.slice(0, 20)}`, () =>
        assert.notEqual(verdict(command, manifest('Job', container)), 'allow'));
  it('kubectl apply -f -: is held when the manifest is a here-document', () =>
    assert.notEqual(verdict(`kubectl apply -f - <<'Y'\n${manifest('Pod', LIST)['ops/job.yaml'] ?? ''}Y`, {}), 'allow'));
  it('nomad job run: is held when a task drops a table', () =>
    assert.notEqual(
      verdict('nomad job run j.nomad', {
        'j.nomad':
          'job "a" {\n task "b" {\n  config {\n   command = "psql"\n   args = ["-c", "DROP TABLE orders"]\n }}}',
      }),
      'allow',
    ));
  it('kubectl apply: passes when a container only starts its own program', () =>
    assert.equal(
      verdict('kubectl apply -f ops/job.yaml', manifest('Job', '- image: acme/shop:1\n  command: ["node", "a.js"]')),
      'allow',
    ));
  it('kubectl apply: passes when the container of a service empties its own cache as it starts', () =>
    assert.equal(
      verdict('kubectl apply -f ops/job.yaml', manifest('Deployment', '- command: [sh, -c, "rm -rf /cache/*"]')),
      'allow',
    ));
  it('kubectl apply --dry-run: passes when the job would drop a table', () =>
    assert.equal(verdict('kubectl apply --dry-run=server -f ops/job.yaml', manifest('Job', LIST)), 'allow'));
});

const TRUNCATES = 'func main() { db.Exec("TRUNCATE orders") }';
const ELSEWHERE = `c = new Client({ connectionString: 'postgres://s@db.acme.io/o' }); c.query('TRUNCATE orders');`;
const HERE = `c = new Client(process.env.TEST_DATABASE_URL); c.query('TRUNCATE orders');`;

describe('the guard, for files that a program finds by itself', () => {
  for (const [command, file, text] of [
    ['go run ./tools/tidy', 'tools/tidy/main.go', TRUNCATES],
    ['cargo run --bin tidy', 'src/bin/tidy.rs', 'fn main() { sqlx::query("DROP TABLE orders").execute(&p); }'],
    [
      'dotnet run --project tools/Tidy',
      'tools/Tidy/Program.cs',
      'new NpgsqlCommand("TRUNCATE orders", c).ExecuteNonQuery();',
    ],
    ['npx mocha test/z.test.js', 'test/z.test.js', ELSEWHERE],
    [
      'pytest tests/test_z.py::test_z',
      'tests/test_z.py',
      'psycopg.connect(host="db.acme.io").execute("DROP TABLE orders")',
    ],
  ] as const) {
    it(`${command}: is held when its file is new and empties a table`, () =>
      assert.notEqual(verdict(command, { [file]: text }), 'allow'));
    it(`${command}: passes when its file is committed`, () =>
      assert.equal(verdict(command, { [file]: text }, [file]), 'allow'));
  }
  it('npx mocha: passes when a test empties the table of a database for tests', () =>
    assert.equal(verdict('npx mocha test/z.test.js', { 'test/z.test.js': HERE }), 'allow'));
  it('go run: passes when the program only serves', () =>
    assert.equal(
      verdict('go run ./cmd/server', { 'cmd/server/main.go': 'func main() { http.ListenAndServe(":1", nil) }' }),
      'allow',
    ));
});

describe('the guard, for tasks and scripts that run beside the one that is named', () => {
  const scripts = (name: string, text: string): Readonly<Record<string, string>> => ({
    'package.json': JSON.stringify({ scripts: { [name]: text } }),
  });
  it('npm version: is held when its script publishes', () =>
    assert.notEqual(verdict('npm version patch', scripts('postversion', 'npm publish')), 'allow'));
  it('npm version: passes when its script builds', () =>
    assert.equal(verdict('npm version patch', scripts('version', 'npm run build && git add -A dist')), 'allow'));
  it('npm pack: is held when its script destroys', () =>
    assert.notEqual(verdict('npm pack', scripts('prepack', 'terraform destroy -auto-approve')), 'allow'));
  it('gradle: is held when a task needs one of a plugin that publishes', () =>
    assert.notEqual(
      verdict('gradle -q finish', {
        'build.gradle':
          "tasks.register('finish') {\n  dependsOn 'build', 'publishLibPublicationToNexusRepository'\n}\n",
      }),
      'allow',
    ));
  it('gradle: passes when a task needs tests', () =>
    assert.equal(
      verdict('gradle all', { 'build.gradle': "tasks.register('all') {\n  dependsOn 'build', 'test'\n}\n" }),
      'allow',
    ));
});

describe('the guard, for a command in a variable', () => {
  for (const command of [
    `perl -e 'my @c = qw(kubectl -n shop delete pvc --all); exec @c'`,
    `python3 -c 'import subprocess; cmd=["kubectl","delete","ns","shop"]; subprocess.check_call(cmd)'`,
    `python3 -c 'import subprocess; cmd=f"kubectl delete ns {ns}"; subprocess.run(cmd, shell=True)'`,
    `node -e 'const a=["delete","ns","shop"]; require("child_process").spawnSync("kubectl", a)'`,
    `ruby -e 'cmd = "kubectl delete ns shop"; system cmd'`,
    `php -r '$c="kubectl delete ns shop"; shell_exec($c);'`,
    `Rscript -e 'cmd <- "kubectl delete ns shop"; system(cmd)'`,
    `go run - <<< 'func main() { a := []string{"delete","ns","shop"}; exec.Command("kubectl", a...).Run() }'`,
    `python3 -c 'import paramiko; c.exec_command("dropdb orders")'`,
    `expect -c 'spawn ssh db1; expect "$"; send "dropdb orders\\r"'`,
    `node -e 'fetch("https://api.fastly.com/service/S/purge_all",{method:"POST"})'`,
    `node -e 'require("stripe")(k).refunds.create({charge:"c"})'`,
  ])
    it(`${command}: is held`, () => assert.notEqual(verdict(command, {}), 'allow'));
  for (const command of [
    `python3 -c 'import subprocess; cmd="git status"; subprocess.run(cmd, shell=True)'`,
    `python3 -c 'cmd="kubectl delete ns shop"; print(cmd)'`,
    `node -e 'fetch("https://api.fastly.com/service/S/details",{method:"POST"})'`,
  ])
    it(`${command}: passes`, () => assert.equal(verdict(command, {}), 'allow'));
  it('a long hostile pipe: is read in time when each of its programs shows a key', () => {
    const started = process.cpuUsage();
    verdict(`${'cat .env | '.repeat(2_000)}cat`, {});
    const { user } = process.cpuUsage(started);
    assert.ok(user < 6_000_000, String(user));
  });
  it('a long hostile program: is read in time when it has many names', () => {
    const started = process.cpuUsage();
    for (const text of ['a="', 'a=["x",', 'a = `', '(a,', 'exec a ', '$@a='])
      verdict(`python3 -c '${text.repeat(20_000 / text.length)}'`, {});
    const { user } = process.cpuUsage(started);
    assert.ok(user < 6_000_000, String(user));
  });
});

describe('the guard, for what a program makes of its own words', () => {
  const asked = (command: string): string => verdict(command, { 'x.sql': 'DROP TABLE orders;' });
  for (const command of [
    `jq -n --arg s 'drop table orders' '{type:"run_sql",args:{sql:$s}}' | curl https://h.acme.io/v2/query -d @-`,
    `jo query='mutation { volumeDelete(volumeId: "x") }' | curl https://backboard.railway.app/graphql/v2 -d @-`,
    'grep -v ^-- x.sql | psql -h db.acme.io',
    'java -jar /opt/liquibase-4.2.jar drop-all',
    'java -jar jenkins-cli.jar groovy = <<< "Jenkins.instance.items.each { it.delete() }"',
    'docker run --rm --entrypoint /bin/sh amazon/aws-cli -c "aws s3 rb s3://b --force"',
    "docker run --rm peakcom/s5cmd:v2 rm 's3://backups/*'",
    'docker run --rm hetznercloud/cli server delete db1',
    `Rscript -e 'dbRemoveTable(con, Id(schema = "marts", table = "orders"))'`,
    `python3 -c 'df.to_sql("orders", engine, if_exists="replace")'`,
    `node -e 'require("knex")(c).schema.dropTableIfExists("orders")'`,
    `bun -e 'await sql\`truncate orders\`'`,
    `node -e 'require("nodemailer").createTransport({host:"smtp.acme.com"}).sendMail({to:"a@b.c"})'`,
    `python3 -c 'import duckdb; duckdb.connect("shop.db").execute("drop table orders")'`,
    `kubectl exec deploy/redis -- sh -c 'redis-cli DEL bull:orders:wait'`,
  ])
    it(`${command}: is held`, () => assert.notEqual(asked(command), 'allow'));
  for (const command of [
    `jq -n --arg s 'select 1' '{type:"run_sql",args:{sql:$s}}' | curl https://h.acme.io/v2/query -d @-`,
    'grep -n DROP x.sql | head',
    'java -jar app.jar --server.port=1',
    `python3 -c 'import sqlite3; c = sqlite3.connect(":memory:"); c.execute("drop table orders")'`,
    `python3 -c 'df.to_sql("orders", engine, if_exists="append")'`,
    'redis-cli del cart:tmp:12',
    'php artisan migrate:fresh --pretend',
    `node -e 'require("nodemailer").createTransport({host:"mailpit"}).sendMail({to:"a@b.c"})'`,
  ])
    it(`${command}: passes`, () => assert.equal(asked(command), 'allow'));
});
