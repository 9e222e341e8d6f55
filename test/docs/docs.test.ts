import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicy } from '../../src/policy/file/parse';
import { policyJsonSchema } from '../../src/policy/file/schema';
import { forPeople, usageLines } from '../../src/cli/help';
import { VERBS } from '../../src/cli/verbs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(path.join(root, 'docs', name), 'utf8');
const pages = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
/** What is set as code in a text: its spans, without those of blocks. */
const codeOf = (text: string): readonly string[] =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

describe('documentation', () => {
  for (const page of pages) {
    it(`${page} names only files and pages that exist`, () => {
      const text = read(page);
      const files = codeOf(text).filter((code) => /^(?:src|test|docs|media|scripts)\/[^*]*$/.test(code));
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => path.join('docs', link));
      assert.ok(files.length + links.length > 0 || page !== 'architecture.md');
      assert.deepEqual(
        [...files, ...links].filter((file) => !existsSync(path.join(root, file))),
        [],
      );
    });
  }

  it('docs/gate.md names only existing tests as proof', () => {
    const rows = [...read('gate.md').matchAll(/^\| [^|\n]+ \| [^|\n]+ \| (`[^|\n]+) \|$/gm)];
    const proofs = rows.flatMap(([, cell = '']) => codeOf(cell));
    assert.ok(proofs.length > 50);
    const isTest = (name: string): boolean => existsSync(path.join(root, 'test', `${name}.test.ts`));
    assert.deepEqual(
      proofs.filter((name) => !isTest(name)),
      [],
    );
  });

  it('the examples in docs/policy.md are valid policies', () => {
    const examples = [...read('policy.md').matchAll(/```yaml\n(version:[^]*?)```/g)].map(([, text = '']) => text);
    assert.equal(examples.length, 3);
    for (const example of examples) {
      const parsed = parsePolicy(example);
      assert.deepEqual(parsed.ok ? [] : parsed.problems, [], example);
    }
  });

  it('docs/policy.md explains every key of the policy', () => {
    const named = new Set(codeOf(read('policy.md')).flatMap((code) => code.split(/[^\w-]+/)));
    const keys = new Set<string>();
    const gather = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') for (const name of Object.keys(value as object)) keys.add(name);
        gather(value);
      }
    };
    gather(policyJsonSchema());
    assert.ok(keys.size > 20);
    assert.deepEqual(
      [...keys].filter((key) => !named.has(key)),
      [],
    );
  });

  it('docs/architecture.md draws every floor of src, and no other', () => {
    const floors = readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const drawn = [...read('architecture.md').matchAll(/^ +\w+\["([\w-]+)<br\/>/gm)].map(([, name = '']) => name);
    assert.deepEqual(drawn.sort(), floors.sort());
  });

  it('docs/cli.md has a section with usage and options for each verb, and no other', () => {
    const sections = new Map(
      read('cli.md')
        .split(/^## /m)
        .slice(1)
        .map((section) => [/^`linekeeper ([\w-]+)/.exec(section)?.[1] ?? '', section]),
    );
    const verbs = forPeople(VERBS);
    assert.ok(verbs.length > 5);
    for (const verb of verbs) {
      const section = sections.get(verb.name) ?? assert.fail(`nothing about ${verb.name}`);
      for (const option of Object.keys(verb.options))
        assert.ok(section.includes(`--${option}`), `nothing about ${verb.name} --${option}`);
      const usage = usageLines(verb).join('\n');
      assert.ok(section.includes(`\`\`\`\n${usage}\n\`\`\`\n`), `${verb.name} is called otherwise:\n${usage}`);
    }
    assert.deepEqual(
      [...sections.keys()].filter((name) => name !== '' && VERBS[name] === undefined),
      [],
    );
  });
});
