import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepRefusal, refusalsIn } from '../../../../src/provenance/journal';
import { judge, WATCHING } from '../../../support/guard';

describe('refusals kept for a repository', () => {
  let gitDir = '';
  beforeEach(() => {
    gitDir = mkdtempSync(path.join(tmpdir(), 'refused-'));
  });
  afterEach(() => rmSync(gitDir, { recursive: true, force: true }));
  const refuse = (at: number, reason = 'No.'): void =>
    keepRefusal(gitDir, { assistant: 'kiro', session: 's', reason, at });
  const DAY = 24 * 60 * 60_000;

  it('severity: is that of what was refused when a rule found it', () => {
    const answer = judge({ command: 'terraform destroy -auto-approve' }, { rules: WATCHING });
    assert.ok(answer.verdict !== 'allow' && answer.severity === 'critical');
    keepRefusal(gitDir, { assistant: 'kiro', session: 's', reason: 'No.', severity: answer.severity, at: 1 });
    assert.deepEqual(
      refusalsIn(gitDir, 1).map(({ severity }) => severity),
      ['critical'],
    );
  });

  it('stay for a day, the newest first, at most fifty', () => {
    assert.deepEqual(refusalsIn(gitDir, 0), []);
    for (let at = 1; at <= 60; at++) refuse(at);
    const known = refusalsIn(gitDir, 60);
    assert.deepEqual([known.length, known[0]?.at, known.at(-1)?.at], [50, 60, 11]);
    assert.deepEqual(refusalsIn(gitDir, 60 + DAY), []);
  });

  it('are read beside malformed files, with reasons cut to 300 characters', () => {
    refuse(5, 'x'.repeat(1000));
    const [name = ''] = readdirSync(path.join(gitDir, 'linekeeper', 'refused'));
    for (const [other, text] of [
      ['1.json', '{'],
      ['2.json', 'null'],
      ['3.json', '{"assistant":1,"reason":"r","at":3}'],
    ] as const)
      writeFileSync(path.join(gitDir, 'linekeeper', 'refused', other), text);
    assert.match(name, /\.json$/);
    assert.deepEqual(
      refusalsIn(gitDir, 6).map(({ reason }) => reason.length),
      [300],
    );
  });

  it('are dropped silently when they cannot be written', () => {
    assert.doesNotThrow(() =>
      keepRefusal(path.join(gitDir, 'gone', 'deeper'), { assistant: 'kiro', session: null, reason: 'No.', at: 1 }),
    );
  });
});
