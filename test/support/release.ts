/**
 * A release with a known truth, for bundles of evidence: `v1.4..v1.5` has a merged change by an assistant that a senior
 * signed, a change by an assistant that nobody signed, and a person's; with a prompt, deployments, an incident that
 * names a commit, an emergency that is not paid for, and a command that the assistant ran with a signed approval.
 */
import { attributionByNotes, recordDeployment } from '../../src/aftermath';
import { addLineNotes, PROMPTS_REF, RUNS_REF } from '../../src/provenance/commits';
import { checkRange, noFindings } from '../../src/review/gate';
import { RUN_NAMESPACE } from '../../src/guard/run-approval';
import { signText } from '../../src/base/signatures';
import { textOfStatement, type RunStatement } from '../../src/provenance/journal/permitted-and-refused-runs';
import { recordDebt, signedFor, signOff } from '../../src/review/gate/sign-offs';
import { CLAUDE, commitWithNote, KIRO } from './history';
import { ADA, BOB, CARL, TestRepository } from './repository';
import { SshKeys } from './ssh-keys';

const POLICY = `version: 1
people: { senior: [ada@example.com, grace@example.com], mid: [bob@example.com] }
prompts: redacted
tiers:
  - name: critical
    paths: ["infra/**"]
    detect: [destructive]
    review: { ai: { junior: { from: senior }, mid: { from: senior } } }
    rollout: { stages: [canary, production], soak: 24h }
  - { name: standard, paths: ["**"] }
`;
const TABLE = (name: string): string => `resource "aws_dynamodb_table" "${name}" {
  name     = "${name}"
  hash_key = "id"
}
`;
const INCIDENT = (commit: string): string => `version: 1
title: Orders cannot be read
state: closed
began: 2026-03-12T10:00:00Z
services: [orders]
contribution: contributed
suspects:
  - commit: ${commit}
    paths: [infra/orders.tf]
    lines: { ai: 4, human: 0, unknown: 0 }
    reasons: [It renames the table]
    contribution: contributed
lessons:
  - path: "infra/**"
    message: A table that is renamed is a new, empty one.
`;

export interface Release {
  readonly test: TestRepository;
  readonly keys: SshKeys;
  /** An allowed-signers file outside of the work tree. */
  readonly signers: string;
  readonly start: string;
  /** The assistant's commit that was signed, and the merge that brought it. */
  readonly signed: string;
  readonly merge: string;
  /** The assistant's commit that nobody signed, which an emergency let through. */
  readonly unsigned: string;
  readonly head: string;
  readonly now: () => number;
}

const at = (day: number, hour = 9): string =>
  `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;

export const INCIDENT_ID = 'INC-2026-03-12-orders-cannot-be-read';

export async function playRelease(): Promise<Release> {
  const test = await TestRepository.create();
  const keys = new SshKeys(test.home);
  const repository = test.repository();
  await test.git('remote', 'add', 'origin', 'https://user:secret@git.example.com/acme/shop.git');
  const start = await commitWithNote(test, {
    message: 'Start',
    files: {
      '.linekeeper.yml': POLICY,
      '.linekeeper/allowed_signers': keys.allowed(['ada', 'grace']),
      'infra/orders.tf': TABLE('orders'),
      'src/a.ts': 'export const a = 1;\n',
    },
    as: ADA,
    at: at(1),
  });
  await test.git('tag', 'v1.4');
  await test.git('checkout', '--quiet', '-b', 'rename');
  const signed = await commitWithNote(test, {
    message: 'Rename the table',
    files: { 'infra/orders.tf': TABLE('orders_v2') },
    as: BOB,
    at: at(2),
    by: CLAUDE,
  });
  const result = await checkRange({
    repository,
    base: 'main',
    head: 'rename',
    actor: null,
    beforehand: true,
    approvals: [],
    signedFor: signedFor(repository, Date.parse(at(3))),
    teams: {},
    attributionOf: attributionByNotes(repository, Date.now),
    findingsOf: noFindings,
    floors: [],
  });
  await signOff(repository, { result, tiers: ['critical'], key: keys.of('ada'), now: Date.parse(at(3)) });
  await test.git('checkout', '--quiet', 'main');
  const merged = await test.run(
    [
      'merge',
      '--quiet',
      '--no-ff',
      '-m',
      'Merge pull request #7 from acme/rename\n\nReviewed-by: Grace <grace@example.com>',
      'rename',
    ],
    { env: { GIT_AUTHOR_DATE: at(4), GIT_COMMITTER_DATE: at(4) } },
  );
  if (merged.code !== 0) throw new Error(merged.stderr);
  const merge = await test.git('rev-parse', 'HEAD');
  const unsigned = await commitWithNote(test, {
    message: 'Add a table\n\nApproved-by: Nobody',
    files: { 'infra/carts.tf': TABLE('carts') },
    as: BOB,
    at: at(5),
    by: KIRO,
  });
  const head = await commitWithNote(test, {
    message: 'Count',
    files: { 'src/a.ts': 'export const a = 2;\n' },
    as: CARL,
    at: at(6),
  });
  await test.git('tag', '--annotate', '--message', 'v1.5', 'v1.5');
  await recordDebt(repository, {
    base: merge,
    head: unsigned,
    emergency: {
      reason: 'Carts are lost',
      tiers: ['critical'],
      by: ['carl@example.com'],
      reverts: null,
      people: ['bob@example.com'],
    },
    now: Date.parse(at(5)),
  });
  for (const [commit, stage, time, id] of [
    [start, 'production', at(1, 12), 'run-1'],
    [head, 'canary', at(7), 'run-2'],
    [head, 'production', at(9), 'run-3'],
  ] as const)
    await recordDeployment(
      repository,
      { commit, stage, at: Date.parse(time), state: 'deployed', id, by: 'ci@example.com' },
      Date.parse(time),
    );
  await addLineNotes(
    repository,
    PROMPTS_REF,
    [
      {
        commit: signed,
        text: JSON.stringify({
          v: 1,
          assistant: CLAUDE.assistant,
          session: CLAUDE.session,
          digest: `sha256:${'1'.repeat(64)}`,
          excerpt: 'rename the table <b>now</b>',
        }),
      },
    ],
    Date.parse(at(6)),
  );
  await addLineNotes(
    repository,
    RUNS_REF,
    runStatements(keys.of('ada')).map((statement) => ({ commit: start, text: textOfStatement(statement) })),
    Date.parse(at(6)),
  );
  await commitWithNote(test, {
    message: 'Keep what was learnt',
    files: { '.linekeeper/incidents/2026-03-12-orders-cannot-be-read.yml': INCIDENT(signed) },
    as: ADA,
    at: at(13),
  });
  test.forgetRecords();
  const signers = test.outside('signers');
  test.write('../signers', keys.allowed(['ada', 'grace']));
  return { test, keys, signers, start, signed, merge, unsigned, head, now: () => Date.parse(at(20)) };
}

export const RUN_ID = 'abcdef012345';

/** HEAD was the commit before the scope; only its session, and the time, say that it belongs there. */
function runStatements(key: string): readonly RunStatement[] {
  const command = {
    program: 'terraform',
    verb: 'destroy',
    targets: ['-target=aws_dynamodb_table.orders'],
    directory: 'infra',
    environment: null,
    rule: 'destructive/tf-destroy',
    tier: 'critical',
    line: null,
  };
  const session = { assistant: CLAUDE.assistant, session: CLAUDE.session };
  const text = JSON.stringify({ version: 1, run: RUN_ID.padEnd(64, '0'), approvedAt: at(2, 11) });
  const minute = (hour: string): string => `2026-03-02T${hour}Z`;
  return [
    {
      event: 'requested',
      id: RUN_ID,
      at: minute('10:30'),
      by: 'bob@example.com',
      reason: 'the old table is empty',
      command,
    },
    {
      event: 'approved',
      id: RUN_ID,
      at: minute('11:00'),
      by: ['ada@example.com'],
      signed: { text, signature: signText(text, { key, namespace: RUN_NAMESPACE }) },
    },
    { event: 'ran', id: RUN_ID, at: minute('11:05'), ...session, user: 'bob@example.com', under: null, command },
    { event: 'ended', id: RUN_ID, at: minute('11:06'), failed: false, exit: 0 },
    {
      event: 'exception',
      id: '0123456789ab',
      at: minute('12:00'),
      by: 'ada@example.com',
      reason: 'an outage',
      minutes: 15,
      session: null,
      tier: 'critical',
    },
  ];
}
