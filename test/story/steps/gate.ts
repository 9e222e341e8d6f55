import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { indented } from '../after-merge';
import { ADA, BEN } from '../sample';
import type { Verdict } from '../shapes';
import type { Stage } from '../stage';
import type { Step } from '../step';
import type { Person } from '../../editor/host';

export const gate: Step = {
  title: '"linekeeper check" says no, and yes once a senior has signed',
  async play(stage) {
    const without = await verdictOf(stage);
    assert.deepEqual([without.code, without.verdict.verdict, without.verdict.level], [1, 'fail', 'junior']);
    const critical = without.verdict.tiers.find((tier) => tier.name === 'critical');
    assert.deepEqual([...(critical?.files ?? [])].sort(), ['infra/prod/main.tf', 'migrations/0003_budgets.sql']);
    const asked = critical?.required.map(({ kind, from, satisfied }) => [kind, from, satisfied]);
    assert.deepEqual(asked, [
      ['any', 'mid', false],
      ['ai', 'senior', false],
    ]);
    assert.match(critical?.required.find((one) => one.kind === 'ai')?.missing ?? '', /senior/);

    const ofMid = await verdictOf(stage, BEN);
    assert.deepEqual(
      [ofMid.code, ofMid.verdict.verdict],
      [1, 'fail'],
      "a sign-off below the level that is asked for isn't enough",
    );
    const ofSenior = await verdictOf(stage, ADA);
    assert.deepEqual([ofSenior.code, ofSenior.verdict.verdict], [0, 'pass']);
    stage.ending.decision = without.text.trimEnd();
    return [
      'without a sign-off, exit code 1:',
      ...indented(without.text),
      '',
      `with the sign-off of ${ADA.email} on this head, exit code 0:`,
      ...indented(ofSenior.text),
    ];
  },
};

/** Asks twice, for people and as JSON; both must end alike. */
async function verdictOf(
  stage: Stage,
  by?: Person,
): Promise<{ readonly code: number; readonly text: string; readonly verdict: Verdict }> {
  const words = ['check', '--base', 'main', '--head', 'HEAD', '--actor', 'june'];
  if (by) {
    const file = stage.outside('approvals.json');
    writeFileSync(
      file,
      JSON.stringify([
        {
          by: by.email.split('@')[0],
          email: by.email,
          commit: stage.editor.workspace.head(),
          state: 'approved',
          at: new Date().toISOString(),
        },
      ]),
    );
    words.push('--approvals', file);
  }
  const [text, json] = await Promise.all([
    stage.linekeeper.run(...words),
    stage.linekeeper.run(...words, '--format', 'json'),
  ]);
  assert.equal(json.code, text.code, json.err || text.err);
  assert.ok(text.code < 2, text.err);
  return { code: text.code, text: text.out, verdict: JSON.parse(json.out) as Verdict }; // our own program: the step looks at every field that it uses
}
