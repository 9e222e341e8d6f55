import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pageOf } from '../../scripts/page';
import { BUILT_IN_POLICY } from '../../src/policy/built-in-policy';
import { classOf } from '../../src/danger';
import { RULE_IDS } from '../support/examples';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const WORDS_A_MINUTE = 300;

/** A newcomer's questions, the texts that answer them, and the seconds of reading to the end of each answer at most. */
const QUESTIONS = {
  'what is it': { answers: ['See which lines AI wrote', 'before they merge'], seconds: 5 },
  'does it work with my assistant': { answers: ['Works with', 'not tested'], seconds: 15 },
  'what will it do to my commits': {
    answers: ['Your commits', 'never stops your commit', 'who wrote each line'],
    seconds: 30,
  },
  'what happens before I agree': {
    answers: ['Before you agree', 'no commit, Git hook, setting', 'hooks for VS Code'],
    seconds: 30,
  },
  'does it read my clipboard': { answers: ['asks before it reads the clipboard'], seconds: 35 },
  'how do I get rid of it': {
    answers: ['Remove it', 'restart the editor', 'uninstall --everything'],
    seconds: 20,
  },
} as const;

/** What a reader passes to a row of a table: the lines before it, and the first cell of each earlier row. */
const passedTo = (before: string): string => {
  const lines = before.split('\n');
  const last = lines.length - 1;
  const start = lines.findLastIndex((line) => !line.startsWith('|')) + 1;
  return lines.map((line, index) => (index >= start && index < last ? (line.split('|')[1] ?? '') : line)).join('\n');
};

/** What a reader sees: no comment, picture or address, and no punctuation of Markdown. */
const seen = (page: string): string =>
  page
    .replace(/<!--[^]*?-->/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/[#*`[\]]|^-+$/gm, ' ');

const secondsToEnd = (page: string, answer: string): number => {
  const [before = '', ...after] = seen(page).split(answer);
  assert.ok(after.length > 0, `the page does not say "${answer}"`);
  return ((passedTo(`${before}${answer}`).match(/[\p{L}\p{N}]\S*/gu) ?? []).length * 60) / WORDS_A_MINUTE;
};

describe('the first screen:', () => {
  for (const [name, base] of [
    ['README.md', undefined],
    ["the extension's page", null],
    ["the extension's page with an address", { url: 'https://example.com/acme/linekeeper' }],
  ] as const) {
    const page = base === undefined ? README : pageOf(README, base ?? undefined);
    it(`${name}: answers six questions in time when a reader passes 300 words a minute`, () => {
      for (const [question, { answers, seconds }] of Object.entries(QUESTIONS))
        for (const answer of answers) {
          const passed = secondsToEnd(page, answer);
          assert.ok(passed <= seconds, `${question}: "${answer}" after ${passed.toFixed(1)} of ${String(seconds)} s`);
        }
    });
  }

  it('README.md: names the setting of each thing that acts before consent when it is on by default', () => {
    const [, row = ''] = /^\| \*\*To stop it\*\* \| (.*) \|$/m.exec(README) ?? [];
    const settings = [...row.matchAll(/`linekeeper\.([\w.]+)`/g)].map(([, setting = '']) => `linekeeper.${setting}`);
    const { contributes } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> } };
    };
    assert.deepEqual(
      settings.map((setting) => [setting, contributes.configuration.properties[setting]?.default]),
      [
        ['linekeeper.recording.transcripts', true],
        ['linekeeper.keybindings.enabled', true],
        ['linekeeper.chatAgent.record', true],
        ['linekeeper.recording.compareClipboard', 'automatic'],
      ],
    );
  });

  it('README.md and docs/danger.md: have the figures of the newest rounds when they say how often the rules are right', () => {
    const page = (name: string): string => readFileSync(path.join(ROOT, 'docs', name), 'utf8');
    const rounds = page('dev/danger.md')
      .split(/^### Round /m)
      .slice(1)
      .toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
    const newest = (row: RegExp): readonly string[] => rounds.flatMap((round) => row.exec(round)?.slice(1) ?? []);
    const [dangerous = '', found = ''] = newest(/^\| dangerous \| (\d+) \| (\d+) \(/m);
    const [commits = '', findings = '', useful = ''] = newest(
      /^\| together \| ([\d,]+) \| (\d+) \([^|]*\| (\d+) \([^|]*\| \d+ /m,
    );
    assert.ok([dangerous, found, commits, findings, useful].every((figure) => Number(figure.replace(',', '')) > 0));
    assert.ok(README.includes(`they found ${found} of ${dangerous} dangerous commits`));
    assert.ok(README.includes(`${useful} of ${findings} warnings were useful`));
    assert.ok(
      page('danger.md').includes(
        `| dangerous commits that the rules found (low findings included) | ${found} of ${dangerous} |`,
      ),
    );
    assert.ok(
      page('danger.md').includes(`| useful findings, in ${commits} ordinary commits | ${useful} of ${findings} |`),
    );
  });

  it('README.md: counts the danger rules as they are when it says how many are on', () => {
    const classes: readonly string[] = BUILT_IN_POLICY.tiers.flatMap(({ detect }) => detect);
    const onFromTheStart = RULE_IDS.filter((id) => classes.includes(classOf(id)));
    assert.ok(README.includes(` ${String(RULE_IDS.length)} rules for `));
    assert.ok(README.includes(` ${String(onFromTheStart.length)} are on from the start`));
  });
});
