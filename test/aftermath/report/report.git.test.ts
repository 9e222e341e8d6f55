/** The figures of a report against a history of which everything is known. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Counts } from '../../../src/provenance/authorship/types';
import { report as verb } from '../../../src/cli/verbs/report';
import type { Terminal } from '../../../src/cli/verb';
import { gitCalls, Repository } from '../../../src/git';
import { makeReport, type Report } from '../../../src/aftermath/report';
import { onlyInFull } from '../../support/full';
import { someMonths, type MadeCommit, type MadeHistory, type MadeLine, type MadeWho } from '../../support/made-history';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const DAY = 86_400;
const FROM = Date.parse('2026-01-05T09:00:00Z') / 1000;

/** Who wrote a line, as far as anything was recorded. */
const known = (line: MadeLine): MadeWho => (line.born.noted ? line.who : { author: 'unknown' });

const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
/** The Monday of its week, by the calendar. */
function monday(seconds: number): string {
  const date = new Date(seconds * 1000);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

interface Truth {
  readonly commits: number;
  readonly aiCommits: number;
  readonly added: Counts;
  readonly removed: Counts;
}

/** Counts by hand, from the lines themselves. */
function truthOf(commits: readonly MadeCommit[], only: (who: MadeWho) => boolean = () => true): Truth {
  const [added, removed] = [
    { ai: 0, human: 0, unknown: 0 },
    { ai: 0, human: 0, unknown: 0 },
  ];
  let [all, ai] = [0, 0];
  for (const commit of commits) {
    const hands: string[] = [];
    for (const change of commit.changes) {
      const count = (to: typeof added, who: MadeWho): void => {
        if (!only(who)) return;
        to[who.author]++;
        hands.push(who.author);
      };
      for (const line of change.added) count(added, known(line));
      for (const _ of change.removed) count(removed, commit.noted ? change.removedBy : { author: 'unknown' });
    }
    if (hands.length > 0) all++;
    if (hands.includes('ai')) ai++;
  }
  return { commits: all, aiCommits: ai, added, removed };
}

function survivalOf(
  made: MadeHistory,
  author: 'ai' | 'human',
  days: number,
  until: number,
): { count: number; of: number } {
  const onMain = new Set<MadeLine>();
  for (let at = made.commits.at(-1); at; at = at.parents[0])
    for (const lines of at.files.values()) for (const line of lines) onMain.add(line);
  const lines = made.commits
    .flatMap(({ changes }) => changes.flatMap(({ added }) => added))
    .filter((line) => known(line).author === author && until - line.born.time >= days * DAY);
  return {
    count: lines.filter(
      (line) => onMain.has(line) && (line.died === undefined || line.died - line.born.time > days * DAY),
    ).length,
    of: lines.length,
  };
}

const picked = ({ commits, aiCommits, added, removed }: Truth): Truth => ({ commits, aiCommits, added, removed });

for (const seed of [7, 2026]) {
  describe(`linekeeper report on a generated history (${String(seed)})`, function () {
    if (seed !== 7) onlyInFull(this);
    let test: TestRepository;
    let made: MadeHistory;
    let now: number;
    before(async function () {
      this.timeout(120_000);
      test = await TestRepository.create();
      made = someMonths({ seed, from: FROM, commits: 160, daysEach: 1.5 });
      await made.into(test);
      now = ((made.commits.at(-1)?.time ?? 0) + 20 * DAY) * 1000;
    });
    after(() => test.dispose());

    const ask = async (...words: string[]): Promise<Report> => {
      const { code, out, err } = await callVerb(verb, ['--since', 'all', '--json', ...words], test.root, {
        now: () => now,
      });
      assert.equal(code, 0, err.join('\n'));
      return JSON.parse(out) as Report;
    };

    it('counts commits and lines by author, week, assistant and model', async () => {
      const report = await ask();
      assert.deepEqual(picked(report.total), truthOf(made.commits));
      assert.ok(report.total.added.ai > 100 && report.total.added.unknown > 20, 'the history has some of everything');
      const weeks = new Map<string, MadeCommit[]>();
      for (const commit of made.commits)
        weeks.set(monday(commit.time), [...(weeks.get(monday(commit.time)) ?? []), commit]);
      for (const week of report.weeks) assert.deepEqual(picked(week), truthOf(weeks.get(week.name) ?? []), week.name);
      assert.deepEqual([report.since, report.weeks[0]?.name], [day(FROM), monday(FROM)]);
      for (const [groups, of] of [
        [report.assistants, 'assistant'],
        [report.models, 'model'],
      ] as const) {
        for (const group of groups)
          assert.deepEqual(
            picked(group),
            truthOf(made.commits, (who) => who.author === 'ai' && who[of] === group.name),
            group.name,
          );
        assert.equal(
          groups.reduce((sum, { added }) => sum + added.ai, 0),
          report.total.added.ai,
        );
      }
    });

    it('counts the lines that survived 30 and 90 days, through branches and merges', async () => {
      const { total } = await ask();
      for (const author of ['ai', 'human'] as const) {
        assert.deepEqual(
          total.survival[author].after30,
          survivalOf(made, author, 30, now / 1000),
          `${author} after 30`,
        );
        assert.deepEqual(
          total.survival[author].after90,
          survivalOf(made, author, 90, now / 1000),
          `${author} after 90`,
        );
      }
      assert.ok(total.survival.ai.after30.of > 0 && total.survival.ai.after30.count < total.survival.ai.after30.of);
    });

    it('counts reverts, shares, coverage, concentration and merges', async () => {
      const report = await ask();
      const changed = made.commits.filter(({ changes }) =>
        changes.some(({ added, removed }) => added.length + removed.length > 0),
      );
      const reverted = new Set<number>();
      for (const commit of [...made.commits].reverse()) {
        const mark = /MARK-(\d+)/.exec(commit.message)?.[1];
        if (mark !== undefined && !reverted.has(commit.mark)) reverted.add(Number(mark));
      }
      const ofAi = changed.filter((commit) => truthOf([commit]).aiCommits > 0);
      assert.ok(reverted.size > 0);
      assert.deepEqual(report.total.reverted.ai, {
        count: ofAi.filter(({ mark }) => reverted.has(mark)).length,
        of: ofAi.length,
      });
      const { added, removed } = truthOf(made.commits);
      const all = [added, removed].reduce((sum, { ai, human, unknown }) => sum + ai + human + unknown, 0);
      assert.deepEqual(report.total.ai, { count: added.ai + removed.ai, of: all });
      assert.deepEqual(report.total.unknown, { count: added.unknown + removed.unknown, of: all });
      // in this history, a commit without a note has no trailers either
      const silent = truthOf(made.commits.filter(({ noted }) => !noted));
      assert.deepEqual(report.total.unrecorded, {
        count: silent.added.unknown + silent.removed.unknown,
        of: added.unknown + removed.unknown,
      });
      assert.ok(report.total.unrecorded.count > 0);
      assert.deepEqual(report.total.coverage, {
        count: changed.filter(({ noted }) => noted).length,
        of: changed.length,
      });
      assert.equal(report.concentration.assistant.name, report.assistants[0]?.name);
      const lines = report.assistants.map((one) => one.added.ai + one.removed.ai);
      assert.ok(
        Math.abs(
          (report.concentration.assistant.effective ?? 0) -
            lines.reduce((sum, one) => sum + one, 0) ** 2 / lines.reduce((sum, one) => sum + one * one, 0),
        ) < 1e-9,
      );
      const waits = made.commits
        .filter(({ parents }) => parents.length > 1)
        .map(({ time, parents }) => (time - (parents[1]?.time ?? 0)) / DAY)
        .sort((a, b) => a - b);
      assert.equal(report.reviews.merges, waits.length);
      assert.ok(
        Math.abs(
          (report.reviews.days ?? -1) -
            ((waits[Math.floor((waits.length - 1) / 2)] ?? 0) + (waits[Math.ceil((waits.length - 1) / 2)] ?? 0)) / 2,
        ) < 1e-6,
      );
    });

    it('covers only --since to --until', async () => {
      const [since, until] = [FROM + 40 * DAY, FROM + 100 * DAY];
      const report = await ask('--since', day(since), '--until', day(until));
      const inside = made.commits.filter(({ time }) => day(time) >= day(since) && day(time) <= day(until));
      assert.deepEqual(picked(report.total), truthOf(inside));
    });

    it('reads each commit once with few git processes, and continues to the same figures', async () => {
      const half = made.commits.filter((commit) => commit.parents.length === 1).find(({ mark }) => mark > 80);
      let at = made.commits.at(-1);
      while (at && at.mark > (half?.mark ?? 0)) at = at.parents[0];
      await test.git('update-ref', 'refs/heads/growing', `refs/heads/made-${String(at?.mark ?? 1)}`);
      const asked = async (...words: string[]): Promise<{ readonly report: Report; readonly gits: number }> => {
        const before = gitCalls();
        const report = await ask('growing', ...words);
        return { report, gits: gitCalls() - before };
      };
      const first = await asked();
      await test.git('update-ref', 'refs/heads/growing', 'refs/heads/main');
      const second = await asked();
      const fresh = await asked('--fresh');
      assert.deepEqual(second.report, fresh.report);
      const again = await asked();
      assert.deepEqual(again.report, fresh.report);
      // Who wrote what a revert brings back is looked up as for show.
      const reverts = made.commits.filter(({ message }) => message.startsWith('Revert "')).length;
      const most = 32 + 16 * reverts;
      assert.ok(
        first.gits + second.gits <= most,
        `${String(first.gits)} and ${String(second.gits)} gits, ${String(reverts)} reverts`,
      );
      assert.ok(again.gits < fresh.gits, `${String(again.gits)} and ${String(fresh.gits)} gits`);
    });

    for (const stop of [2, 50, 90, 140])
      it(`a report that is stopped at commit ${String(stop)}: is finished by the next one, which reads only the rest`, async () => {
        const expected = await ask('--fresh');
        const repository = Repository.find(test.root) ?? assert.fail('no repository');
        const base = { ref: 'HEAD', now, people: false, depth: 1, since: 0, fresh: true };
        const tip = (await test.git('rev-parse', 'HEAD')).trim();
        const earlier = (await test.git('rev-parse', 'HEAD~3')).trim();
        const controller = new AbortController();
        let steps = 0;
        const signal = Object.assign(controller.signal, {
          throwIfAborted: () => {
            if (++steps > stop) throw new Error('stopped');
          },
        });
        await assert.rejects(makeReport(repository, { ...base, tip: earlier, signal }), /stopped/);
        const { read, report } = await makeReport(repository, { ...base, tip, fresh: false });
        assert.deepEqual([read, report.total], [made.commits.length - (stop - 1), expected.total]);
        assert.deepEqual(await ask(), expected);
      });

    it('Ctrl-C: ends with 2 and says that the next report goes on', async () => {
      const interruptible: Terminal['interruptible'] = (work) => work(AbortSignal.abort());
      const { code, err } = await callVerb(verb, ['--since', 'all', '--fresh'], test.root, {
        now: () => now,
        interruptible,
      });
      assert.deepEqual([code, err], [2, ['Stopped. The next report continues from here.']]);
    });

    it('reads everything again when a note changes', async () => {
      const report = await ask();
      const [noted = ''] = (await test.git('notes', '--ref=ai', 'list'))
        .split('\n')
        .map((line) => line.split(' ')[1] ?? '');
      const text = await test.git('notes', '--ref=ai', 'show', noted);
      await test.git('notes', '--ref=ai', 'remove', noted);
      const without = await ask();
      assert.equal(without.total.coverage.count, report.total.coverage.count - 1);
      writeFileSync(test.at('.git/note'), text);
      await test.git('notes', '--ref=ai', 'add', '-F', test.at('.git/note'), noted);
      assert.deepEqual((await ask()).total, report.total);
    });
  });
}

describe('linekeeper report', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
  });
  after(() => test.dispose());

  it('exits 2 and says what is missing', async () => {
    assert.match((await callVerb(verb, [], test.root)).err.join(), /no commit/i);
    test.write('a.txt', 'one\n');
    await test.commit('<script>alert(1)</script>');
    for (const [words, says] of [
      [['--since', 'yesterday'], /--since takes a day/],
      [['--since', '2026-02-30'], /--since takes a day/],
      [['--depth', '0'], /--depth takes/],
      [['--format', 'pdf'], /Choose one of/],
      [['nowhere'], /nowhere/],
      [['--since', '2999-01-01'], /nothing to report/],
    ] as const) {
      const { code, err } = await callVerb(verb, words, test.root);
      assert.equal(code, 2);
      assert.match(err.join('\n'), says);
    }
  });

  it('names repository and branch, and draws no empty charts for a young repository', async () => {
    const young = await TestRepository.create();
    await young.git('remote', 'add', 'origin', 'https://user:secret@git.example.com/acme/shop.git');
    young.write('a.txt', 'one\n');
    await young.commit('Start');
    const ask = async (...words: string[]): Promise<string> => {
      const { code, out, err } = await callVerb(verb, words, young.root);
      assert.equal(code, 0, err.join());
      return out;
    };
    assert.match(await ask(), /^git\.example\.com\/acme\/shop, branch main, \d/);
    const { repository, branch } = JSON.parse(await ask('--json')) as Report;
    assert.deepEqual([repository, branch], ['git.example.com/acme/shop', 'main']);
    const page = await ask('--format', 'html');
    assert.match(page, /<title>AI in acme\/shop<\/title>/);
    assert.match(page, /git\.example\.com\/acme\/shop, branch main at [0-9a-f]{10}/);
    assert.doesNotMatch(page, /user:secret/);
    assert.match(page, /Most AI lines by(?:<[^>]*>\s*)+not known</, "unknown lines may be an assistant's");
    const figures = page.split('<section class="figure').slice(1);
    const drawn = figures
      .filter((figure) => figure.includes('<svg'))
      .map((figure) => /id="([\w-]+)"/.exec(figure)?.[1]);
    assert.deepEqual(drawn, ['tiers', 'paths']);
    const open = figures.filter((figure) => figure.includes('<table') && !figure.includes('<details>'));
    assert.deepEqual(
      open.map((figure) => /id="([\w-]+)"/.exec(figure)?.[1]),
      ['lines', 'shares'],
    );
    assert.match(page, /No line here is 30 days old yet; the first ones are on \d{4}-\d\d-\d\d/);
    assert.match(page, /None was asked yet, and nothing was merged/);
    await young.git('checkout', '--quiet', '--detach');
    assert.match(await ask(), /^git\.example\.com\/acme\/shop, HEAD, on no branch, \d/);
    assert.match(await ask('main'), /^git\.example\.com\/acme\/shop, main, \d/);
    await young.dispose();
  });

  it('shows no groups of fewer than five people, and people only with the option', async () => {
    const people = async (...words: string[]): Promise<Report> =>
      JSON.parse((await callVerb(verb, ['--json', ...words], test.root)).out) as Report;
    for (const name of ['b', 'c', 'd']) {
      test.write(`${name}.txt`, 'x\n');
      await test.commit(name, { as: { name, email: `${name}@example.com` } });
    }
    const few = await people('--people');
    assert.equal(few.people, null);
    assert.match(few.peopleWhy ?? '', /fewer than 5 people; here are 4/);
    test.write('e.txt', 'x\n');
    await test.commit('e', { as: { name: 'e', email: 'e@example.com' } });
    assert.equal((await people()).people, null);
    assert.deepEqual(
      (await people('--people')).people?.map(({ name }) => name),
      ['ada@example.com', 'b@example.com', 'c@example.com', 'd@example.com', 'e@example.com'],
    );
    assert.doesNotMatch((await callVerb(verb, ['--json'], test.root)).out, /@example\.com/);
  });

  it('counts a person with several addresses once, by aliases, .mailmap and noreply addresses', async () => {
    const one = await TestRepository.create();
    one.write(
      '.linekeeper.yml',
      'version: 1\naliases: { ada: [ada@example.com, ada@home.example] }\ntiers: [{ name: all, paths: ["**"] }]\n',
    );
    one.write('.mailmap', 'Cy <cy@example.com> <cy2@example.com>\nCy <cy@example.com> <cy3@example.com>\n');
    one.write('CODEOWNERS', '/a @acme/one\n/b @acme/two\n/c @acme/one @acme/two\n');
    const addresses = ['ada@home.example', '1+ada@users.noreply.github.com', 'cy@example.com', 'cy2@example.com'];
    const more = ['cy3@example.com', 'renovate[bot]@users.noreply.github.com', 'd@example.com', 'e@example.com'];
    const ask = async (): Promise<Report> =>
      JSON.parse((await callVerb(verb, ['--json', '--people'], one.root)).out) as Report;
    const commit = async (email: string): Promise<void> => {
      for (const file of ['a', 'b', 'c']) one.write(`${file}/${email}.txt`, 'x\n');
      await one.commit(email, { as: { name: email, email } });
    };
    for (const email of [...addresses, ...more]) await commit(email);
    assert.match((await ask()).peopleWhy ?? '', /here are 4/);
    await commit('f@example.com');
    const { people, teams, total } = await ask();
    await one.dispose();
    assert.deepEqual(
      people?.map(({ name, commits }) => [name, commits]),
      [
        ['ada@example.com', 2],
        ['cy@example.com', 3],
        ['d@example.com', 1],
        ['e@example.com', 1],
        ['f@example.com', 1],
      ],
    );
    assert.deepEqual(
      teams.map(({ name, commits }) => [name, commits]),
      [
        ['@acme/one', 9],
        ['@acme/two', 9],
      ],
    );
    assert.equal(total.commits, 9);
  });

  it('counts a commit of two small teams once', async () => {
    const two = await TestRepository.create();
    two.write('CODEOWNERS', '/a/ @acme/one\n/b/ @acme/two\n/c/ @acme/one @acme/two\n');
    await two.commit('owners');
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'x']) {
      const folders = name === 'x' ? ['a', 'b', 'c'] : [name < 'd' ? 'a' : 'b'];
      for (const folder of folders) two.write(`${folder}/${name}.txt`, 'x\n');
      await two.commit(name, { as: { name, email: `${name}@example.com` } });
    }
    const { teams } = JSON.parse((await callVerb(verb, ['--json'], two.root)).out) as Report;
    await two.dispose();
    assert.deepEqual(
      teams.map(({ name, commits, added }) => [name, commits, added.unknown]),
      [['teams of fewer than 5 people', 8, 12]],
    );
  });

  it('counts commits with an old clock, and none as in the future', async () => {
    const clocks = await TestRepository.create();
    for (const [name, at] of [
      ['a', '2026-03-02T10:00:00Z'],
      ['b', '2001-01-01T10:00:00Z'],
      ['c', '2031-01-01T10:00:00Z'],
      ['d', '2026-03-10T10:00:00Z'],
    ] as const) {
      clocks.write(`${name}.txt`, 'x\n');
      await clocks.commit(name, { at });
    }
    const { out } = await callVerb(verb, ['--json'], clocks.root, { now: () => Date.parse('2026-03-20T10:00:00Z') });
    await clocks.dispose();
    assert.deepEqual(
      (JSON.parse(out) as Report).weeks.map(({ name, commits }) => [name, commits]),
      [
        ['2026-03-02', 3],
        ['2026-03-09', 1],
        ['2026-03-16', 0],
      ],
    );
  });

  it('names teams by CODEOWNERS, and joins small ones', async () => {
    test.write('CODEOWNERS', '*.txt @acme/everyone\n/e.txt @acme/small\n');
    await test.commit('owners');
    const teams = (JSON.parse((await callVerb(verb, ['--json'], test.root)).out) as Report).teams.map(
      ({ name }) => name,
    );
    assert.ok(!teams.includes('@acme/small') && !teams.includes('@acme/everyone'), 'of four people by now');
    test.write('z.txt', 'x\n');
    await test.commit('z', { as: { name: 'z', email: 'z@example.com' } });
    const now = (JSON.parse((await callVerb(verb, ['--json'], test.root)).out) as Report).teams.map(({ name }) => name);
    assert.deepEqual(now, ['@acme/everyone']);
  });

  it('the CSV report: names each column once when it gives figures after 30 and after 90 days', async () => {
    test.write('a.txt', 'x\n');
    await test.commit('begin');
    const { out } = await callVerb(verb, ['--format', 'csv'], test.root);
    const columns = (out.split('\r\n')[0] ?? '').split(',');
    assert.ok(columns.length > 10, out);
    assert.deepEqual(columns, [...new Set(columns)]);
  });

  it('escapes outside text in HTML, and formulas in CSV', async () => {
    test.write('=cmd|calc/<img src=x onerror=alert(1)>.txt', 'x\n');
    await test.commit('odd');
    const page = (await callVerb(verb, ['--format', 'html'], test.root)).out;
    assert.doesNotMatch(page, /<script|<img|javascript:/);
    assert.match(page, /default-src 'none'/);
    assert.match(page, /What the figures mean/);
    const { out } = await callVerb(verb, ['--format', 'csv'], test.root);
    assert.match(out, /path,'=cmd\|calc\//);
    assert.doesNotMatch(out, /(?:^|,)[=+@]/m);
    const { err } = await callVerb(verb, ['--format', 'html', '--output', 'page.html'], test.root);
    assert.ok(err.includes('linekeeper: written to page.html'), err.join('\n'));
    assert.match(test.read('page.html'), /^<!DOCTYPE html>/);
    test.remove('page.html');
  });
});
