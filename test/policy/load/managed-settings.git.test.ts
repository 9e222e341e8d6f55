/** `settings.json` in the managed place of a machine: what it locks, and what becomes of a broken one. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { examineManaged } from '../../../src/cli/doctor/examine-managed-place';
import { refuseRequired } from '../../../src/cli/verbs/install';
import { CannotSay } from '../../../src/cli/verb';
import { loadPolicy, managedFloors, managedSettings } from '../../../src/policy/load';
import { TestRepository } from '../../support/repository';

const OWN = 'version: 1\ntiers: [{name: critical, paths: ["infra/**"]}]\n';

describe('managed settings', () => {
  let repository: TestRepository;
  let folder: string;
  beforeEach(async () => {
    repository = await TestRepository.create();
    folder = mkdtempSync(path.join(tmpdir(), 'managed-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await repository.dispose();
  });
  const put = (value: unknown): void => {
    writeFileSync(path.join(folder, 'settings.json'), typeof value === 'string' ? value : JSON.stringify(value));
  };
  const load = () => loadPolicy(repository.repository(), managedFloors(folder));
  const lockedIn = (value: unknown) => {
    put(value);
    return managedSettings(folder) ?? assert.fail('there is a file');
  };

  it('a machine without the file: locks nothing, as there is none', () => {
    assert.equal(managedSettings(folder), undefined);
    assert.deepEqual(managedFloors(folder), []);
  });

  it('every setting: is read by its name, with or without linekeeper. in front', () => {
    const { locked, problem } = lockedIn({
      version: 1,
      'linekeeper.paste': 'unknown',
      'linekeeper.recording.editorCommands': 'strict',
      'linekeeper.chatAgent.record': true,
      hooks: ['git', 'claude-code'],
      assistants: { allowed: ['kiro'] },
      runs: 'none',
      prompts: { keep: 'digest', for: '90d' },
    });
    assert.equal(problem, null);
    assert.deepEqual(locked, {
      paste: 'unknown',
      editorCommands: 'strict',
      chatAgent: true,
      hooks: ['git', 'claude-code'],
      assistants: ['kiro'],
      runs: 'none',
      prompts: { keep: 'digest', for: '90d' },
    });
  });

  const BROKEN: readonly (readonly [string, unknown, RegExp])[] = [
    ['no JSON', '{"paste": ', /is no JSON/],
    ['a list', [], /no JSON object/],
    ['no UTF-8', '\ud800', /is no JSON/],
    ['an unknown setting', { past: 'unknown' }, /past is no setting that can be locked: did you mean "paste"/],
    ['an unknown value', { paste: 'robot' }, /paste takes unknown or human/],
    ['another version', { version: 2 }, /newer Linekeeper/],
    ['a hostile id', { hooks: ['../../x'] }, /hooks takes a list/],
    ['an allowed list that is a text', { assistants: 'kiro' }, /assistants takes a list/],
  ];
  for (const [what, value, why] of BROKEN)
    it(`a broken file: says what is wrong and holds the strictest with ${what}`, async () => {
      const { locked, problem } = lockedIn(value === '\ud800' ? '{"paste": "\ud800' : value);
      assert.match(problem ?? '', why);
      assert.deepEqual(locked, { paste: 'unknown', editorCommands: 'strict', chatAgent: true, prompts: 'none' });
      repository.write('.linekeeper.yml', `${OWN}prompts: redacted\n`);
      const { policy, problems } = await load();
      assert.equal(policy.prompts, 'none');
      assert.match(problems[0]?.message ?? '', /settings\.json is broken/);
    });

  it("a folder in the file's place: is a broken file when it can't be read", () => {
    mkdirSync(path.join(folder, 'settings.json'));
    assert.match(managedSettings(folder)?.problem ?? '', /can't be read/);
  });

  it('a repository: may not allow an assistant or keep more when the organization locks it', async () => {
    put({ assistants: ['kiro'], prompts: 'none', runs: 'none' });
    repository.write(
      '.linekeeper.yml',
      `${OWN}assistants: { allowed: [kiro, cursor] }\nprompts: redacted\nruns: redacted\n`,
    );
    const { policy, problems } = await load();
    assert.deepEqual(
      problems.map(({ line }) => line),
      [3, 4, 5],
    );
    assert.match(problems[0]?.message ?? '', /settings\.json/);
    assert.deepEqual([policy.assistants.allowed, policy.prompts, policy.runs], [['kiro'], 'none', 'none']);
  });

  it('a repository that asks for more: is as it was when nothing in it is looser', async () => {
    put({ assistants: ['kiro', 'cursor'] });
    repository.write('.linekeeper.yml', `${OWN}assistants: { allowed: [kiro] }\n`);
    const { policy, problems } = await load();
    assert.deepEqual([policy.assistants.allowed, problems], [['kiro'], []]);
    assert.match(policy.assistants.from ?? '', /settings\.json/);
  });

  it('a repository without a policy: has the built-in tiers and what is locked', async () => {
    put({ assistants: ['kiro'] });
    const { policy, source, problems } = await load();
    assert.deepEqual([policy.assistants.allowed, source, problems], [['kiro'], 'built-in', []]);
    assert.match(policy.assistants.from ?? '', /settings\.json$/);
    assert.deepEqual([policy.tiers[0]?.name, policy.tiers[0]?.paths.includes('**/*.tf')], ['critical', true]);
  });

  it('doctor: names required hooks that are not there, by your organization, and notes one that is not on the machine', () => {
    const settings = lockedIn({ hooks: ['git', 'claude-code', 'cursor'] });
    const report = (id: string, found: boolean) => ({
      id,
      title: id,
      found,
      program: null,
      version: null,
      hooks: { user: 'absent', project: 'absent' } as const,
      heardInEditor: false,
      trusted: null,
      lastSeen: null,
      failures: 0,
      withoutHooks: null,
      limits: [],
    });
    const reports = [report('claude-code', true), report('cursor', false)];
    const found = examineManaged(settings, 'partly', reports);
    const wrong = found.filter(({ ok, note }) => !ok && note !== true);
    assert.deepEqual(
      wrong.map(({ name }) => name),
      ['git hooks', 'Claude Code'],
    );
    assert.ok(wrong.every(({ says }) => says.includes('required by your organization')));
    const [absent, ...more] = found.filter(({ note }) => note === true);
    assert.deepEqual([absent?.name, more], ['Cursor', []]);
    assert.match(absent?.says ?? '', /required by your organization, and it is not on this machine/);
    assert.ok(examineManaged(settings, 'installed', []).every(({ ok, note }) => ok || note === true));
    assert.deepEqual(examineManaged(undefined, 'absent', reports), []);
  });

  it('uninstall: takes out no hooks when the organization requires them', () => {
    const settings = lockedIn({ hooks: ['git'] });
    assert.throws(
      () => {
        refuseRequired(['git'], settings);
      },
      (error) => error instanceof CannotSay && /required by your organization/.test(error.message),
    );
    refuseRequired(['claude-code'], settings);
    refuseRequired(['git'], undefined);
  });
});
