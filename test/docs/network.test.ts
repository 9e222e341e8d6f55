/** The table of what uses the network (SECURITY.md) against the places in the code that do. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The purpose in the table of each file that reaches another machine. */
const PURPOSES: Readonly<Record<string, string>> = {
  'base/signatures/cosign.ts': 'evidence',
  'cli/policy/vendor-policy.ts': 'policy and people',
  'cli/review/create-pull-request-by-program.ts': 'pull requests',
  'cli/user-data/list-and-remove-remote-notes.ts': 'notes',
  'editor/commands/push-notes.ts': 'notes',
  'editor/request-review/request-senior-review.ts': 'pull requests',
  'editor/review/offer-to-fetch-notes.ts': 'notes',
  'provenance/commits/notes/sync/sync-line-notes.ts': 'notes',
  'provenance/commits/notes/sync/merge-notes-histories.ts': 'notes',
  'provenance/commits/notes/sync/push-notes-along.ts': 'notes',
  'provenance/commits/notes/sync/push-and-fetch-notes.ts': 'notes',
  'review/ci/fetch-fork-notes.ts': 'CI',
  'review/ci/fetch-missing-history-and-notes.ts': 'CI',
  'review/ci/find-action-package-or-image-for-job.ts': 'CI',
  'review/forges/client-parts/rest-transport.ts': 'CI',
  'review/forges/probe-server-for-forge.ts': 'pull requests',
};

/** Git's commands that talk to a remote, requests, and programs that send. */
const REACHES = [
  /\[\s*'(?:ls-remote|fetch|push|clone|pull|fetch-pack|send-pack)',/,
  /^\s*'(?:ls-remote|fetch|push|clone|pull)',$/m,
  /\bawait fetch\(/,
  /\bgit\.(?:fetch|push|pull)\(/,
  /\b(?:repository|transport)\.(?:push|fetch)\(/,
  /\bfetch\(worktree\)/,
  /\bstartOf\('cosign'/,
  /succeeded\(answer, 'gh'\)/,
  /from 'node:(?:http|https|http2|net|tls|dgram|dns)'/,
  /\b(?:WebSocket|XMLHttpRequest|sendBeacon|TelemetryReporter|createTelemetryLogger)\b/,
];

describe('the network', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !/^(?:danger|guard)\//.test(file));
  const reaching = files.filter((file) => {
    const code = readFileSync(path.join(ROOT, 'src', file), 'utf8').replace(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '');
    return REACHES.some((pattern) => pattern.test(code));
  });

  it('SECURITY.md: has a purpose for each file that reaches another machine', () => {
    assert.ok(files.length > 500);
    assert.deepEqual(reaching.sort(), Object.keys(PURPOSES).sort());
  });

  it('SECURITY.md: names no purpose without code, when its rows are read', () => {
    const [, table = ''] =
      /^## The network\n([^]*?)\n##/m.exec(readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8')) ?? [];
    const rows = [...table.matchAll(/^\| ([a-zA-Z ]+) \| .*`/gm)].map(([, purpose]) => purpose);
    // the requests of deployments and teams go by the transport of CI's
    assert.deepEqual(rows.filter((row) => row !== 'deployments').sort(), [...new Set(Object.values(PURPOSES))].sort());
  });
});
