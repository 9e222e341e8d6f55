/** What `incident new` prints, `incident show` and the page say of one incident: the same. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { KnownRun } from '../../../src/aftermath';
import { exceptionWords, runRows, runWords } from '../../../src/aftermath/runs/describe-runs-and-exceptions';
import { incident } from '../../../src/cli/verbs/incident';
import { playRelease, RUN_ID, type Release } from '../../support/release';
import { callVerb, type VerbOutcome } from '../../support/verbs';

interface Begun {
  readonly file: string;
  readonly suspects: readonly {
    readonly commit: string;
    readonly at: string;
    readonly subject: string;
    readonly by: string;
    readonly reasons: readonly { readonly says: string }[];
    readonly gate: string;
    readonly review: { readonly merge: { readonly commit: string; readonly subject: string } | null };
    readonly assistants: readonly { readonly assistant: string; readonly session: string | null }[];
  }[];
  readonly ran: {
    readonly runs: readonly KnownRun[];
    readonly exceptions: readonly Parameters<typeof exceptionWords>[0][];
  };
}

const LOG =
  'ResourceNotFoundException: Table: orders_v2 not found (aws_dynamodb_table.orders_v2, aws_dynamodb_table.carts)\n';

describe('linekeeper incident, in text, HTML and JSON', function () {
  this.timeout(240_000);
  let release: Release;
  before(async () => {
    release = await playRelease();
  });
  after(() => release.test.dispose());

  const run = (...words: string[]): Promise<VerbOutcome> =>
    callVerb(incident, words, release.test.root, { now: release.now, stdin: () => Promise.resolve(LOG) });
  const text = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await run(...words);
    assert.equal(code, 0, err.join('\n'));
    return out;
  };
  const spaced = (shown: string): string => shown.replace(/\s+/g, ' ');
  /** A page without its tags. */
  const read = (page: string): string =>
    spaced(
      page
        .replace(/<style[^]*?<\/style>|<svg[^]*?<\/svg>/g, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&'),
    );

  it("shows the same suspects, merges, sign-offs and agents' runs in text and HTML", async () => {
    const words = ['new', '--title', 'Orders are gone', '--began', '2026-03-09T12:00:00Z', '--trace', '-'];
    const begun = JSON.parse(await text(...words, '--print', '--json')) as Begun;
    const printed = spaced(await text(...words));
    const shown = spaced(await text('show', 'orders-are-gone'));
    const page = read(await text('report', 'orders-are-gone', '--format', 'html'));
    const places = Object.entries({ printed, shown, page });

    const { suspects, ran } = begun;
    assert.ok(suspects.length >= 2, 'the signed change and the one that nobody signed');
    assert.deepEqual(
      [
        suspects.some(({ commit }) => commit === release.signed),
        suspects.some(({ commit }) => commit === release.unsigned),
      ],
      [true, true],
    );
    assert.ok(ran.runs.some(({ id, approvals }) => id === RUN_ID && approvals.length > 0));
    for (const { commit, at, subject, by, reasons, gate, review, assistants } of suspects)
      for (const [where, said] of places) {
        const says = (what: string): void => {
          assert.ok(
            said.includes(spaced(what)),
            `${where} does not say ${JSON.stringify(what)} of ${subject}:\n${said}`,
          );
        };
        says(commit.slice(0, 10));
        says(at.slice(0, 10));
        says(subject);
        says(`by ${by}`);
        says(gate);
        says(
          review.merge === null
            ? 'No merge brought it.'
            : `Merged in ${review.merge.commit.slice(0, 10)} (${review.merge.subject}).`,
        );
        for (const reason of reasons) says(reason.says);
        for (const { assistant, session } of assistants) says(session === null ? assistant : `session ${session}`);
      }
    assert.match(printed, /ada@example\.com signed it off, and that counted\./);
    const order = (said: string): readonly string[] =>
      suspects.map(({ commit }) => commit.slice(0, 10)).sort((a, b) => said.indexOf(a) - said.indexOf(b));
    // What is shown before the list of suspects, such as the last good one, names commits, too.
    const lists = [
      printed.slice(printed.indexOf(' 1. ')),
      shown.slice(shown.indexOf('Commits that something')),
      page.slice(page.indexOf('Why it is listed')),
    ];
    for (const list of lists)
      assert.deepEqual(
        order(list),
        suspects.map(({ commit }) => commit.slice(0, 10)),
      );

    for (const one of ran.runs)
      for (const [where, said] of places) {
        const row = where === 'printed' ? runRows(one).join(' ') : runWords(one);
        // The page has the time in a column of its own.
        assert.ok(said.includes(spaced(row)), `${where} does not say ${JSON.stringify(row)}:\n${said}`);
      }
    for (const exception of ran.exceptions)
      for (const [where, said] of places)
        assert.ok(said.includes(spaced(exceptionWords(exception))), `${where}: ${exceptionWords(exception)}`);
    const counts = places.map(([, said]) => said.split(/ approved by ada@example\.com/).length);
    assert.equal(new Set(counts.slice(1)).size, 1, counts.join(', '));
  });

  it('shows the same from the written file, in JSON', async () => {
    const folder = path.join(release.test.root, '.linekeeper/incidents');
    const file = readdirSync(folder).find((name) => name.includes('orders-are-gone'));
    assert.ok(file);
    const kept = readFileSync(path.join(folder, file), 'utf8');
    const { suspects } = JSON.parse(await text('show', 'orders-are-gone', '--json')) as {
      readonly suspects: readonly {
        readonly commit: string;
        readonly history: { readonly subject: string; readonly gate: string; readonly merge: string } | null;
      }[];
    };
    const page = read(await text('report', 'orders-are-gone', '--format', 'html'));
    for (const { commit, history } of suspects) {
      assert.ok(kept.includes(commit));
      assert.ok(history);
      for (const says of Object.values({ subject: history.subject, gate: history.gate, merge: history.merge }))
        assert.ok(page.includes(spaced(says)), says);
    }
  });
});
