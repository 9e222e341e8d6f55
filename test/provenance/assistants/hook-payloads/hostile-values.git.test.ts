/**
 * Every payload that is known of every assistant, with one part of it replaced by what nobody expects there: no hook
 * crashes, writes anything but the record, records a path that leads out, or says what a terminal would take for more
 * than text.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { assistantOf, ASSISTANTS } from '../../../../src/provenance/assistants';
import { SELF_TESTS } from '../../../../src/provenance/assistants/hook-self-test';
import { openJournal } from '../../../../src/provenance/journal';
import { casesOf, itInFull, itOfCases } from '../../../support/full';
import { hookWith } from '../../../support/play';
import { linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { sampleFile, sampleSession } from '../../../support/samples';

interface Known {
  readonly id: string;
  readonly payload: unknown;
  readonly env: Readonly<Record<string, string>>;
}

/** Stands for what is nested too deeply to be made by `JSON.stringify`. */
const DEEP = '(deep)';
const textOf = (payload: unknown): string =>
  JSON.stringify(payload).replaceAll(`"${DEEP}"`, `${'{"a":['.repeat(20_000)}${']}'.repeat(20_000)}`);

/** The places in a payload that hold something, as the keys that lead there. */
function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [
    ...(at.length === 0 ? [] : [at]),
    ...Object.entries(value).flatMap(([key, one]: [string, unknown]) => places(one, [...at, key])),
  ];
}

function withAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === key ? withAt(one, rest, by) : one));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]: [string, unknown]) => [
      name,
      name === key ? withAt(one, rest, by) : one,
    ]),
  ); // it leads there
}

/** Every file below a folder with its size and time, links not followed. */
function allIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const found = statSync(path.join(folder, name), { throwIfNoEntry: false });
      return `${name} ${found?.isFile() === true ? `${String(found.size)} ${String(found.mtimeMs)}` : ''}`;
    });
}

describe('recorded payloads with hostile values', function () {
  this.timeout(240_000);
  let test: TestRepository;
  let elsewhere: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\n');
    elsewhere = test.outside('elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'x.txt'), 'x\n');
    symlinkSync(elsewhere, test.at('link'));
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const known = (): Known[] => [
    ...readdirSync(path.dirname(sampleFile('README.md')), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('session.json'))
      .flatMap((name) =>
        sampleSession(name.replace(/\.json$/, '')).map((payload) => ({
          id: name.split(path.sep)[0] ?? '',
          payload,
          env: {},
        })),
      ),
    ...ASSISTANTS.flatMap(({ id }) =>
      (
        SELF_TESTS[id]?.canaries({ folder: test.root, name: 'a.txt', text: 'x\n', session: 's', home: test.home }) ?? []
      ).flatMap(({ before, after }) => [before, after].map(({ payload, env }) => ({ id, payload, env: env ?? {} }))),
    ),
  ];

  const hostile = (): unknown[] => [
    '../../elsewhere/x.txt',
    '../elsewhere/new.txt',
    path.join(elsewhere, 'x.txt'),
    `file://${elsewhere}/x.txt`,
    'file:///%2e%2e/%00',
    'link/x.txt',
    'link/new.txt',
    '.git/config',
    '.git/hooks/post-commit',
    '.git/linekeeper/journal/1.json',
    'C:\\Windows\\System32\\x',
    '\\\\server\\share\\x',
    '/c:/Users/x',
    '/dev/stdin',
    '/proc/self/mem',
    '~/x',
    '',
    ' ',
    '.',
    '/',
    'a\u0000b',
    '\u001b]0;x\u0007\u001b[2J',
    '\u202egnp.txt',
    '\ud800',
    'a\nb',
    '-rf',
    '$(touch x)',
    '__proto__',
    'constructor',
    'x'.repeat(200_000),
    'a/'.repeat(5000),
    [],
    [[[]]],
    {},
    null,
    true,
    -1,
    1e308,
    DEEP,
    [DEEP],
    JSON.parse('{"__proto__":{"path":"../x","polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    ['../elsewhere/x.txt'],
    { path: '../elsewhere/x.txt', old_string: 'x', new_string: 'y' },
  ];

  itOfCases('end in order, and write nothing outside the record', async () => {
    const all = known();
    const [values, outside, head] = [hostile(), allIn(elsewhere), await test.git('rev-parse', 'HEAD')];
    const home = allIn(test.home);
    const hooks = allIn(test.at('.git/hooks'));
    const config = readFileSync(test.at('.git/config'), 'utf8');
    const asked = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...all),
        fc.nat(),
        fc.constantFrom(...values),
        async ({ id, payload, env }, at, value) => {
          const where = places(payload);
          const answer = await hookWith(test, id, textOf(withAt(payload, where[at % where.length] ?? [], value)), env);
          const what = `${id}: ${answer.out}${answer.err.join('\n')}`;
          asked.add(id);
          assert.ok(
            answer.code === 0 || (answer.code === 2 && answer.err.at(-1)?.startsWith('Linekeeper: ')),
            `${String(answer.code)} ${what}`,
          ); // 2 refuses what belongs to the leash
          if (answer.out !== '') assert.equal(typeof JSON.parse(answer.out), 'object', what);
          assert.doesNotMatch(answer.err.join('\n'), /\n\s+at |\[object|undefined|TypeError|RangeError/, what);
          assert.doesNotMatch(answer.err.join(''), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, what);
        },
      ),
      { numRuns: casesOf(400, 100) },
    );
    assert.deepEqual(
      ASSISTANTS.map(({ id }) => id).filter((id) => !asked.has(id) && all.some((one) => one.id === id)),
      [],
    );
    assert.equal(({} as { readonly polluted?: unknown }).polluted, undefined);
    assert.equal(await test.git('status', '--porcelain'), '', 'nothing in the work tree is touched');
    assert.deepEqual(
      [
        allIn(elsewhere),
        allIn(test.home),
        allIn(test.at('.git/hooks')),
        readFileSync(test.at('.git/config'), 'utf8'),
        await test.git('rev-parse', 'HEAD'),
      ],
      [outside, home, hooks, config, head],
    );
    const paths = openJournal(test.repository().gitDir, Date.now)
      .read()
      .flatMap(({ record }) => ('files' in record ? record.files.map((file) => file.path) : []));
    for (const one of new Set(paths))
      assert.ok(
        !path.isAbsolute(one) &&
          !one.split('/').some((part) => part === '..' || part.toLowerCase() === '.git') &&
          !one.startsWith('link/'),
        one,
      );
  });

  it('are set aside when cut or binary, and doctor names the assistants', async () => {
    const one = new Map(known().map(({ id, payload }) => [id, payload]));
    for (const [id, payload] of one) {
      const whole = JSON.stringify(payload);
      const answers = [
        await hookWith(test, id, whole.slice(0, -2)),
        await hookWith(test, id, `\ufffd\u0000${whole}`),
        await hookWith(test, id, ''),
      ];
      assert.deepEqual(
        answers.map(({ code, out }) => [code, out]),
        [
          [0, ''],
          [0, ''],
          [0, ''],
        ],
        id,
      );
      const kept = readdirSync(test.at('.git/linekeeper/aside')).filter((name) => name.startsWith(`payload-${id}-`));
      assert.equal(kept.length, 2, id);
    }
    const [, count, named = ''] =
      /(\d+) payloads \(([^)]*)\) could not be understood/.exec((await linekeeper(test, ['doctor'])).stdout) ?? [];
    assert.equal(Number(count), 2 * one.size);
    for (const id of one.keys()) assert.ok(named.includes(assistantOf(id)?.title ?? id), `${id}: ${named}`);
  });

  itInFull('are read to their end when very long or binary', async () => {
    const payload = {
      hook_event_name: 'PostToolUse',
      session_id: 's',
      cwd: test.root,
      tool_name: 'Write',
      tool_use_id: 'c',
      tool_input: { file_path: test.at('a.txt'), content: 'x'.repeat(50_000_000) },
    };
    const long = await linekeeper(test, ['record', 'claude-code'], { input: JSON.stringify(payload) });
    assert.deepEqual([long.code, long.stdout], [0, ''], long.stderr);
    const bytes = await linekeeper(test, ['record', 'claude-code'], {
      input: Buffer.from([0xff, 0xfe, 0x7b, 0x22, 0xc3, 0x28, 0x00]) as unknown as string,
    });
    assert.equal(bytes.code, 0, bytes.stderr);
    assert.match(bytes.stderr, /^linekeeper: [^\n]* set aside [^\n]*\n$/);
    assert.equal((await linekeeper(test, ['record', 'claude-code'], { input: '' })).code, 0);
  });
});
