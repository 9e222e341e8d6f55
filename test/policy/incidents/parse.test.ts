import assert from 'node:assert/strict';
import { hasPattern, lessonsOf, matchLessons, type Incident } from '../../../src/policy/incidents';
import { incidentJsonSchema, parseIncident } from '../../../src/policy/incidents/parse';

const FILE = '.linekeeper/incidents/2026-03-01-orders.yml';
const WHOLE = `version: 1
title: Orders were down
state: closed
began: 2026-03-01T10:00:00Z
ended: 2026-03-01T11:00:00+01:00
services: [orders]
paths: ["infra/orders/**"]
deployed: 0123456789abcdef0123456789abcdef01234567
last-good: 0123456
contribution: contributed
failure-mode: delete-and-recreate
summary: The table was recreated.
timeline:
  - { at: 2026-03-01T10:00:00Z, what: The alarm rang }
suspects:
  - commit: 89abcdef
    paths: [infra/orders/db.tf]
    lines: { ai: 12, human: 1 }
    assistants: [{ assistant: claude-code, model: claude-opus-4-8 }]
    reasons:
      - It removes the table
      - { kind: line, says: It changes db.tf:7. }
    contribution: contributed
lessons:
  - path: "infra/**"
    rule: destructive/tf-destroy
    message: The table holds orders. Change it in place.
`;

const problems = (text: string | Uint8Array): readonly string[] => {
  const parsed = parseIncident(FILE, text);
  return parsed.ok
    ? []
    : parsed.problems.map(
        ({ line, column, message, suggestion }) =>
          `${String(line)}:${String(column)} ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
      );
};

const parsed = (text: string): Incident => {
  const result = parseIncident(FILE, text);
  return result.ok ? result.incident : assert.fail(JSON.stringify(result.problems));
};

describe('an incident file', () => {
  it('state, contribution, suspects and lessons are read', () => {
    const incident = parsed(WHOLE);
    assert.deepEqual(
      [incident.id, incident.state, incident.contribution, incident.failureMode, incident.lastGood],
      ['INC-2026-03-01-orders', 'closed', 'contributed', 'delete-and-recreate', '0123456'],
    );
    assert.deepEqual(incident.suspects[0]?.lines, { ai: 12, human: 1, unknown: 0 });
    assert.deepEqual(incident.suspects[0].reasons, [
      { kind: null, says: 'It removes the table' },
      { kind: 'line', says: 'It changes db.tf:7.' },
    ]);
    assert.deepEqual(incident.lessons, [
      {
        path: 'infra/**',
        pattern: null,
        rule: 'destructive/tf-destroy',
        message: 'The table holds orders. Change it in place.',
      },
    ]);
  });

  it('it is open and its contribution undecided when it says only title and time', () => {
    const { state, contribution, lessons } = parsed('version: 1\ntitle: x\nbegan: 2026-03-01\n');
    assert.deepEqual({ state, contribution, lessons }, { state: 'open', contribution: 'cannot-tell', lessons: [] });
  });

  for (const [what, text, expected] of [
    [
      'a misspelt key',
      WHOLE.replace('services:', 'servces:'),
      /^6:1 unknown key "servces" \(did you mean "services"\?\)$/,
    ],
    ['a missing key', WHOLE.replace(/began.*\n/, ''), /"began" is missing \(add it: expected a time/],
    [
      'a time that is none',
      WHOLE.replace('10:00:00Z\nended', "25 o'clock\nended"),
      /^4:8 began: expected a time such as/,
    ],
    [
      'a failure mode that is none',
      WHOLE.replace('delete-and-recreate', 'oops'),
      /^11:15 failure-mode: expected context-blindness,/,
    ],
    [
      'a lesson about nothing',
      WHOLE.replace(/ {2}- path: "infra\/\*\*"\n {4}rule: .*\n {4}message/, '  - message'),
      /expected path, pattern or rule/,
    ],
    ['broken YAML', 'version: 1\ntitle: [x\n', /^\d+:\d+ /],
    ['a list in place of it', '- 1\n', /the file: expected keys/],
    ['nothing', '', /empty/],
  ] as const) {
    it(`a file with ${what} is refused with the place and a remedy`, () =>
      assert.match(problems(text)[0] ?? '', expected));
  }

  it('bytes that are not UTF-8, and an alias bomb, are refused', () => {
    assert.match(problems(Buffer.from([0xff, 0xfe, 0x00]))[0] ?? '', /the file is not UTF-8 text/);
    const bomb = Array.from({ length: 12 }, (_, n) =>
      n === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${String(n)}: &a${String(n)} [${Array.from({ length: 9 }, () => `*a${String(n - 1)}`).join(', ')}]`,
    ).join('\n');
    assert.ok(problems(bomb).length > 0);
  });

  it('its JSON Schema describes every key', () => {
    const { properties } = incidentJsonSchema() as { readonly properties: Readonly<Record<string, unknown>> };
    assert.deepEqual(Object.keys(properties).sort(), [
      'began',
      'contribution',
      'deployed',
      'ended',
      'failure-mode',
      'last-good',
      'lessons',
      'paths',
      'services',
      'severity',
      'state',
      'summary',
      'suspects',
      'timeline',
      'title',
      'version',
    ]);
  });
});

describe('matchLessons', () => {
  const lesson = (over: Partial<Incident['lessons'][number]>): ReturnType<typeof lessonsOf> =>
    lessonsOf([{ ...parsed(WHOLE), lessons: [{ path: null, pattern: null, rule: null, message: 'm', ...over }] }]);
  const edit = {
    path: 'infra/prod/db.tf',
    added: [
      { line: 4, text: '  name = "x"' },
      { line: 5, text: '  force_destroy   =  TRUE' },
    ],
    rules: [{ rule: 'destructive/tf-destroy', line: 9 }],
  };

  it('a lesson matches by path, pattern and rule: all that it names', () => {
    const lines = (over: Partial<Incident['lessons'][number]>): number[] =>
      matchLessons(lesson(over), edit).map(({ line }) => line);
    assert.deepEqual(lines({ path: 'infra/**' }), [4]);
    assert.deepEqual(lines({ path: 'src/**' }), []);
    assert.deepEqual(lines({ pattern: 'force_destroy = true' }), [5]);
    assert.deepEqual(lines({ pattern: 'force_*true' }), [5]);
    assert.deepEqual(lines({ rule: 'destructive/tf-destroy' }), [9]);
    assert.deepEqual(lines({ rule: 'destructive/tf-destroy', path: 'infra/prod/**', pattern: 'name' }), [4]);
    assert.deepEqual(lines({ rule: 'secrets/token', path: 'infra/prod/**' }), []);
  });

  it('a lesson matches nothing when no line is added', () =>
    assert.deepEqual(matchLessons(lesson({ path: '**' }), { ...edit, added: [], rules: [] }), []));

  it('a pattern of 500 wildcards is matched without backtracking for long', () => {
    assert.equal(hasPattern('a'.repeat(5_000), `${'a*'.repeat(500)}b`), false);
    assert.equal(hasPattern('x a  b', 'A B'), true);
  });
});
