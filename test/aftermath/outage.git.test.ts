/**
 * The outage of docs/dev/outage.md on the sample repository: from an agent's recorded edit to the lesson that the next
 * agent is told.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtCli, linekeeper, type Answer } from '../support/product';
import { TestRepository } from '../support/repository';
import { ADA, JUNE, makeSample } from '../story/sample';

const LOG = `2026-11-24T10:12:31Z ERROR costs: DBInstanceNotFound: DBInstance costs-prod not found
    at connect (/srv/costs/dist/src/store.js:12:9)
    at answer (/srv/costs/src/service.ts:9:17)
`;

describe('an outage on the sample repository', function () {
  this.timeout(240_000);
  let test: TestRepository;
  let root: string;
  before(async () => {
    await builtCli();
    test = await TestRepository.create();
    ({ root } = makeSample(test.outside('sample')));
  });
  after(() => test.dispose());

  const git = (who: { readonly name: string; readonly email: string }, ...words: readonly string[]): string =>
    execFileSync('git', words, {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...test.env,
        GIT_AUTHOR_NAME: who.name,
        GIT_AUTHOR_EMAIL: who.email,
        GIT_COMMITTER_NAME: who.name,
        GIT_COMMITTER_EMAIL: who.email,
      },
    }).trim();
  const printed: string[] = [];
  const run = async (words: readonly string[], input = ''): Promise<Answer> => {
    const answer = await linekeeper(test, words, { cwd: root, input });
    printed.push(answer.stdout, answer.stderr);
    if (process.env['SHOW_OUTAGE'] !== undefined)
      appendFileSync(
        process.env['SHOW_OUTAGE'],
        `$ linekeeper ${words.join(' ')}\n${answer.stdout}${answer.stderr}[${String(answer.code)}]\n\n`,
      );
    return answer;
  };
  const file = (name: string): string => path.join(root, name);
  const change = (name: string, ...pairs: readonly (readonly [string, string])[]): void => {
    writeFileSync(
      file(name),
      pairs.reduce(
        (text, [from, to]) => {
          assert.ok(text.includes(from), from);
          return text.replace(from, to);
        },
        readFileSync(file(name), 'utf8'),
      ),
    );
  };
  /** What an assistant does, as its hooks report it. */
  const agent = async (name: string, session: string, act: () => void): Promise<Answer> => {
    const payload = {
      cwd: root,
      session_id: session,
      transcript_path: '/nowhere.jsonl',
      tool_name: 'Write',
      tool_use_id: `${session}-${name}`,
    };
    const before = readFileSync(file(name), 'utf8');
    await run(
      ['record', 'claude-code'],
      JSON.stringify({ ...payload, hook_event_name: 'PreToolUse', tool_input: { file_path: file(name), content: '' } }),
    );
    act();
    const content = readFileSync(file(name), 'utf8');
    return run(
      ['record', 'claude-code'],
      JSON.stringify({
        ...payload,
        hook_event_name: 'PostToolUse',
        tool_input: { file_path: file(name), content },
        tool_response: { type: 'update', filePath: file(name), content, originalFile: before },
      }),
    );
  };

  it("leads from the alarm to the commit, the lesson and the next agent's refusal", async () => {
    const MAIN = 'infra/prod/main.tf';
    git(JUNE, 'switch', '--quiet', '--create', 'rename-database', 'main');
    const good = git(JUNE, 'rev-parse', 'HEAD');
    await run(['deploy', 'record', '--stage', 'canary', '--ref', good, '--at', '2026-10-06T09:00:00Z']);
    await run(['deploy', 'record', '--stage', 'production', '--ref', good, '--at', '2026-10-07T10:00:00Z']);
    await agent(MAIN, 'rename', () =>
      change(
        MAIN,
        ['"aws_db_instance" "costs"', '"aws_db_instance" "invoices"'],
        ['identifier        = "costs-prod"', 'identifier        = "invoices-prod"'],
        ['  deletion_protection         = true\n', ''],
        ['\n  lifecycle {\n    prevent_destroy = true\n  }\n', ''],
      ),
    );
    git(JUNE, 'commit', '--quiet', '--all', '--message', 'Call the database by what is in it');
    const cause = git(JUNE, 'rev-parse', 'HEAD');
    git(ADA, 'switch', '--quiet', 'main');
    git(
      ADA,
      'merge',
      '--quiet',
      '--no-ff',
      '--message',
      'Merge pull request #41 from acme/rename-database',
      'rename-database',
    );
    const merge = git(ADA, 'rev-parse', 'HEAD');

    const early = await run(['deploy', 'check', '--base', 'main', '--stage', 'production', '--ref', merge]);
    assert.equal(early.code, 1);
    assert.match(
      early.stdout,
      /1 commit with AI lines has not been in canary: [0-9a-f]{10} Call the database by what is in it \(claude-code\)/,
    );
    await run(['deploy', 'record', '--stage', 'production', '--ref', merge]);

    const began = new Date().toISOString();
    const found = await run(
      ['incident', 'new', '--title', 'Invoices cannot be read', '--began', began, '--service', 'costs', '--trace', '-'],
      LOG,
    );
    assert.deepEqual([found.code, found.stderr], [0, '']);
    assert.match(found.stdout, new RegExp(`^1\\. ${cause.slice(0, 10)} `, 'm'));
    assert.match(found.stdout, /destructive\/tf-/);
    assert.match(found.stdout, /The policy of then asked: critical: .*a senior's sign-off/);
    const listed = JSON.parse((await run(['incident', 'list', '--json'])).stdout) as {
      readonly incidents: readonly { readonly id: string; readonly file: string }[];
    };
    const [incident] = listed.incidents;
    assert.ok(incident);

    const told = await run(['trace', cause]);
    assert.match(told.stdout, /claude-code/);
    assert.match(told.stdout, /^deployments +production since /m);
    assert.match(told.stdout, new RegExp(`${incident.id} Invoices cannot be read \\(open`));

    change(
      incident.file,
      ['contribution: cannot-tell\ntimeline', 'contribution: contributed\nfailure-mode: delete-and-recreate\ntimeline'],
      ['paths:', 'paths:\n  - infra/prod/**'],
      [
        'lessons: []',
        'lessons:\n  - path: infra/prod/**\n    pattern: resource "aws_db_instance"\n    message: A new address is a new, empty database. Add a moved block, and keep prevent_destroy.',
      ],
    );
    git(ADA, 'add', '--all');
    git(ADA, 'commit', '--quiet', '--message', 'Keep what the outage taught');
    git(ADA, 'push', '--quiet', 'origin', 'main');
    git(ADA, 'fetch', '--quiet', 'origin');
    assert.equal((await run(['incident', 'list'])).code, 0);

    git(JUNE, 'switch', '--quiet', '--create', 'second-database');
    const note = await agent(MAIN, 'second', () => {
      appendFileSync(file(MAIN), '\nresource "aws_db_instance" "archive" {\n  identifier = "archive-prod"\n}\n');
    });
    assert.match(note.stdout, new RegExp(`caused ${incident.id}: A new address is a new, empty database`));
    git(JUNE, 'commit', '--quiet', '--all', '--message', 'Add an archive');
    const gate = await run(['check', '--base', 'main', '--head', 'HEAD', '--actor', 'june']);
    assert.equal(gate.code, 1);
    assert.match(gate.stdout, new RegExp(`such a change caused ${incident.id}: A new address`));
    const frozen = await run([
      'deploy',
      'check',
      '--base',
      'main',
      '--stage',
      'canary',
      '--from',
      merge,
      '--ref',
      'HEAD',
    ]);
    assert.equal(frozen.code, 1);
    assert.match(
      frozen.stdout,
      new RegExp(
        `${incident.id} \\("Invoices cannot be read"\\) is open on .*main\\.tf until .* This needs a senior's sign-off`,
      ),
    );
  });

  it("docs/dev/outage.md shows the commands' real output", () => {
    // Ids of commits and times are another run's.
    const plain = (text: string): string =>
      text
        .replace(/\b[0-9a-f]{10,40}\b/g, 'ID')
        .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
        .replace(/\d{4}-\d{2}-\d{2}/g, 'DAY');
    const lines = new Set(plain(printed.join('\n')).split('\n'));
    const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/dev/outage.md'), 'utf8');
    const told = [...page.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, kind, block = '']) =>
      kind === '' ? block.split('\n') : [],
    );
    assert.ok(told.length > 20, 'the page shows what is printed');
    assert.deepEqual(
      told.filter((line) => line !== '' && !line.startsWith('$ ') && !lines.has(plain(line))),
      [],
    );
  });
});
