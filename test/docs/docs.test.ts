import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicy } from '../../src/policy/file/parse';
import { policyJsonSchema } from '../../src/policy/file/schema';
import { cliDoc } from '../../scripts/docs/cli';
import { rulePages, RULES_FOLDER } from '../../scripts/docs/rules';
import { forPeople } from '../../src/cli/help';
import { VERBS } from '../../src/cli/verbs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(path.join(root, 'docs', name), 'utf8');
/** For users, and for developers in `dev`; the rules' pages have a test of their own. */
const pages = ['.', 'dev'].flatMap((folder) =>
  readdirSync(path.join(root, 'docs', folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name)),
);
/** What is set as code in a text: its spans, without those of blocks. */
const codeOf = (text: string): readonly string[] =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** The anchors of a page's headings, as Git hosts make them: lower case, hyphens for spaces, no other punctuation. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('documentation', () => {
  for (const page of pages) {
    it(`${page} names only files and pages that exist`, () => {
      const text = read(page);
      const files = codeOf(text).filter((code) => /^(?:src|test|docs|media|scripts)\/[^*]*$/.test(code));
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) =>
        path.join('docs', path.dirname(page), link),
      );
      assert.ok(files.length + links.length > 0 || page !== 'dev/architecture.md');
      assert.deepEqual(
        [...files, ...links].filter((file) => !existsSync(path.join(root, file))),
        [],
      );
    });
  }

  for (const page of pages) {
    it(`${page}: has every heading that pages link to when they name its anchor`, () => {
      const links = pages.flatMap((from) =>
        [...read(from).matchAll(/\]\(([\w./-]+\.md)?#([^)\s]+)\)/g)].map(([, to, anchor = '']) => ({
          from,
          to: to === undefined ? from : path.posix.join(path.posix.dirname(from), to),
          anchor,
        })),
      );
      const anchors = new Set(anchorsOf(read(page)));
      assert.ok(anchors.size > 0);
      assert.deepEqual(
        links.filter(({ to, anchor }) => to === page && !anchors.has(anchor)),
        [],
      );
    });
  }

  for (const page of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'])
    it(`${page}: links to existing headings when a link has an anchor`, () => {
      const text = readFileSync(path.join(root, page), 'utf8');
      const links = [...text.matchAll(/\]\(([\w./-]+\.md)?#([^)\s]+)\)/g)];
      const missing = links.filter(
        ([, to, anchor = '']) => !anchorsOf(readFileSync(path.join(root, to ?? page), 'utf8')).includes(anchor),
      );
      assert.deepEqual(
        missing.map(([link]) => link),
        [],
      );
    });

  it('SECURITY.md: names only existing commands and options when it says which use the network', () => {
    const [, table = ''] =
      /^## The network\n([^]*?)^## /m.exec(readFileSync(path.join(root, 'SECURITY.md'), 'utf8')) ?? [];
    const commands = codeOf(table).filter((code) => !/^(?:git push|pre-push)$/.test(code));
    assert.ok(commands.length > 10);
    for (const command of commands) {
      const [name = '', ...words] = command.split(' ');
      const verb = VERBS[name];
      assert.ok(verb, command);
      for (const word of words.filter((text) => text.startsWith('--')))
        assert.ok(Object.hasOwn(verb.options, word.slice(2)), command);
    }
  });

  it('docs/dev/gate-attacks.md names only existing tests as proof', () => {
    const rows = [...read('dev/gate-attacks.md').matchAll(/^\| [^|\n]+ \| [^|\n]+ \| (`[^|\n]+) \|$/gm)];
    const proofs = rows.flatMap(([, cell = '']) => codeOf(cell));
    assert.ok(proofs.length > 50);
    const isTest = (name: string): boolean => existsSync(path.join(root, 'test', `${name}.test.ts`));
    assert.deepEqual(
      proofs.filter((name) => !isTest(name)),
      [],
    );
  });

  it('SECURITY.md: has an existing test for each attack when it says that the attack fails', () => {
    const text = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
    const [, section = ''] = /^### Attacks that fail\n([^]*?)^### /m.exec(text) ?? [];
    const attacks = [...section.matchAll(/^\| ([^|\n]+) \| [^|\n]+ \|$/gm)].map(([, attack = '']) => attack).slice(1);
    const [, table = ''] = /^## Attacks in SECURITY\.md\n([^]*?)^## /m.exec(read('dev/testing.md')) ?? [];
    const rows = [...table.matchAll(/^\| ([^|\n]+) \| (`[^|\n]+) \|$/gm)];
    assert.ok(attacks.length >= 10);
    assert.deepEqual(
      rows.map(([, attack]) => attack),
      attacks,
    );
    const proofs = rows.flatMap(([, , cell = '']) => codeOf(cell)).map((name) => `test/${name}.test.ts`);
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    assert.deepEqual(
      [...proofs, ...links].filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('docs/privacy.md: has a test for each promise when the page says that something is not kept', () => {
    const [, section = ''] = /^## Not kept\n([^]*?)^Nothing is sent/m.exec(read('privacy.md')) ?? [];
    const promises = [...section.matchAll(/^- (.+)$/gm)].map(([, text = '']) => text);
    const [, table = ''] = /^## Promises of the privacy page\n([^]*)/m.exec(read('dev/testing.md')) ?? [];
    const rows = [...table.matchAll(/^\| ([^|\n]+) \| (`[^|\n]+) \|$/gm)];
    assert.deepEqual(
      promises.map((text) => rows.filter(([, begin = '']) => text.startsWith(begin)).length),
      rows.map(() => 1),
    );
    const tests = rows.flatMap(([, , cell = '']) => codeOf(cell));
    assert.deepEqual(
      tests.filter((name) => !existsSync(path.join(root, 'test', `${name}.test.ts`))),
      [],
    );
  });

  /** The pages on the policy, in the order in which people read them. */
  const POLICY_PAGES = ['policy.md', 'policy-conditions.md', 'policy-rules.md', 'policy-shared.md', 'policy-floor.md'];

  it('the pages on the policy: have valid policies as examples', () => {
    const examples = POLICY_PAGES.flatMap((page) =>
      [...read(page).matchAll(/```yaml\n(version:[^]*?)```/g)].map(([, text = '']) => text),
    );
    assert.ok(examples.length > 5);
    for (const example of examples) {
      const parsed = parsePolicy(example);
      assert.deepEqual(parsed.ok ? [] : parsed.problems, [], example);
    }
  });

  it('docs/policy-keys.md: has valid parts of a policy as examples', () => {
    const parts = [...read('policy-keys.md').matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);
    assert.ok(parts.length > 10);
    for (const part of parts) {
      const parsed = parsePolicy(
        `version: 1\n${part}${/^tiers:/m.test(part) ? '' : 'tiers: [{ name: critical, detect: [destructive] }]\n'}`,
      );
      assert.deepEqual(parsed.ok ? [] : parsed.problems, [], part);
    }
  });

  /** Every key of the policy, with its description. */
  const keysOfPolicy = (): ReadonlyMap<string, readonly string[]> => {
    const keys = new Map<string, string[]>();
    const gather = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties')
          for (const [name, { description = '' }] of Object.entries(value as Record<string, { description?: string }>))
            keys.set(name, [...(keys.get(name) ?? []), description]);
        gather(value);
      }
    };
    gather(policyJsonSchema());
    return keys;
  };

  it('docs/policy-keys.md: has a line with its description for each key of the policy', () => {
    const lines = read('policy-keys.md')
      .split('\n')
      .filter((line) => /^[|-] /.test(line))
      .map((line) => line.replaceAll('\\', '').replaceAll('&lt;', '<'));
    /** The end of a description, below the table. */
    const endOf = (key: string): string => lines.filter((line) => new RegExp(`^- .*[\`.]${key}\`: `).test(line)).join();
    const plain = (text: string): string => text.replaceAll('`', '');
    const keys = keysOfPolicy();
    assert.ok(keys.size > 20);
    const missing = [...keys].flatMap(([key, descriptions]) =>
      descriptions
        .filter(
          (says) =>
            !lines.some(
              (line) =>
                says
                  .split(/ Default: |(?<=\.) |\.$/)
                  .every((part) => plain(`${line} ${endOf(key)}`).includes(plain(part))) &&
                new RegExp(`[\`.]${key}\``).test(line.slice(0, 150)),
            ),
        )
        .map((says) => `${key}: ${says}`),
    );
    assert.deepEqual(missing, []);
  });

  it('docs/policy-keys.md: names the other values when a key has a default', () => {
    assert.doesNotMatch(read('policy-keys.md'), /\| `(?:true|false|\d+)` \(default\) \|/);
  });

  it('the pages on the policy: repeat no line of the page of keys', () => {
    const page = POLICY_PAGES.map(read).join('\n').replace(/\s+/g, ' ');
    const repeated = [...keysOfPolicy().values()].flat().filter((says) => says.length > 40 && page.includes(says));
    assert.deepEqual(repeated, []);
  });

  it('pages for users: have 35,000 words or fewer when the rules are left out', () => {
    const users = pages.filter((page) => !page.startsWith('dev')).map(read);
    assert.ok(users.length > 30);
    const texts = [readFileSync(path.join(root, 'README.md'), 'utf8'), ...users];
    const words = texts.reduce((sum, text) => sum + text.split(/\s+/).filter((word) => word !== '').length, 0);
    assert.ok(words <= 35_000, `${String(words)} words`);
  });

  it("commands to copy: install this version's files when they name a version", () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    const files = ['../README.md', ...pages].flatMap((page) =>
      [...read(page).matchAll(/\blinekeeper-(\d[\w.]*)\.(?:vsix|tgz)/g)].map(([, named]) => ({ page, named })),
    );
    assert.ok(files.length > 2);
    assert.deepEqual(
      files.filter(({ named }) => named !== version),
      [],
    );
  });

  it('CHANGELOG.md: has 60 lines or fewer when a section describes a stable version', () => {
    const sections = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m).slice(1);
    assert.ok(sections.some((section) => section.startsWith('[1.0.0]')));
    for (const section of sections) {
      const lines = section.trimEnd().split('\n');
      assert.ok(lines.length <= 60, `${lines[0] ?? ''}: ${String(lines.length)} lines`);
    }
  });

  it('docs/dev/architecture.md draws every floor of src, and no other', () => {
    const floors = readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const drawn = [...read('dev/architecture.md').matchAll(/^ +\w+\["([\w-]+)<br\/>/gm)].map(([, name = '']) => name);
    assert.deepEqual(drawn.sort(), floors.sort());
  });

  it('docs/cli.md: is as `npm run docs` writes it when the help changed', () => {
    const page = read('cli.md');
    assert.equal(page, cliDoc(), 'run npm run docs');
    const sections = new Map(page.split(/^### `linekeeper /m).map((text) => [/^[\w-]+/.exec(text)?.[0] ?? '', text]));
    const verbs = forPeople(VERBS);
    assert.ok(verbs.length > 5);
    for (const { name, options, example, exits } of verbs) {
      const section = sections.get(name) ?? assert.fail(`nothing about ${name}`);
      assert.ok(section.includes(`Example: \`${example}\``) || section.includes(`\n$ ${example}\n`), name);
      assert.equal(section.includes('Exit codes: '), exits !== undefined, name);
      for (const option of Object.keys(options)) assert.ok(section.includes(`--${option}`), `${name} --${option}`);
    }
  });

  it('docs/rules: has short pages, as `npm run docs` writes them, when an example changed', async () => {
    for (const [name, page] of await rulePages()) {
      assert.equal(readFileSync(path.join(root, RULES_FOLDER, name), 'utf8'), page, `${name}: run npm run docs`);
      assert.ok(name === 'README.md' || page.split('\n').length <= 155, `${name} is too long`);
    }
  });

  it('docs/rules: gives a reason for each example when the rule does not report it', () => {
    const folder = path.join(root, RULES_FOLDER);
    const pagesOfRules = readdirSync(folder).map((name) => ({
      name,
      text: readFileSync(path.join(folder, name), 'utf8'),
    }));
    const silent = pagesOfRules.flatMap(({ name, text }) => {
      const [, section = ''] = /^## Not reported\n([^]*?)(?=^## |^\[All rules)/m.exec(text) ?? [];
      return section
        .split(/^### /m)
        .slice(1)
        .map((example) => ({ name, begin: example.split('\n').slice(0, 3).join('\n') }));
    });
    assert.ok(silent.length > 80);
    assert.deepEqual(
      silent.filter(({ begin }) => !/^.+\n\n[A-Z].+\.$/.test(begin)),
      [],
    );
    const rows = pagesOfRules.flatMap(({ text }) => [...text.matchAll(/^\|.*\| Why \|\n\|.*\n((?:\|.*\n)*)/gm)]);
    assert.ok(rows.length > 15);
    assert.deepEqual(
      rows.flatMap(([, lines = '']) => lines.split('\n').filter((line) => /\|\s*\|$/.test(line))),
      [],
    );
  });

  it('docs/cli.md: explains an option once when several commands have it', () => {
    const meanings = [...read('cli.md').matchAll(/^- (`--.+)$/gm)]
      .map(([, row = '']) => row)
      .filter((row) => !row.includes(': as for ['));
    assert.ok(meanings.length > 100);
    assert.equal(new Set(meanings).size, meanings.length, 'an option is explained twice');
  });

  it('help: each example calls its verb when it is shown, and each summary is an order', () => {
    for (const { name, example, summary } of forPeople(VERBS)) {
      assert.ok(example.startsWith(`linekeeper ${name}`), example);
      assert.doesNotMatch(summary, /^(?:Who|What|Where|How|Everything|Called)\b|\.$/, name);
    }
  });
});
