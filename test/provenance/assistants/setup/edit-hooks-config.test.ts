import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { assistantOf, type ListedHooks } from '../../../../src/provenance/assistants';
import { projectCommands, userCommands } from '../../../../src/provenance/assistants/setup/hook-commands';
import {
  addHooks,
  isBare,
  presence,
  removeHooks,
  switchedOff,
  type WantedHooks,
} from '../../../../src/provenance/assistants/setup/edit-hooks-config';
import { JsonTextError } from '../../../../src/provenance/assistants/setup/edit-json-text';

const WHERE = { home: '/home/dev', env: {}, repositoryRoot: '/home/dev/proj' };
const NEW = { words: ['/opt/node', '/opt/linekeeper/dist/cli.js'], electron: false };

/** An assistant none of whose tools is harmless. */
const quiet = (id: string): Parameters<typeof projectCommands>[0] => ({
  id,
  harmless: new Set(),
  deny: null,
  ask: null,
});

function setupOf(id: string): ListedHooks {
  const [setup] = assistantOf(id)?.hooks('user', WHERE) ?? [];
  assert.ok(setup?.kind === 'listed', id);
  return setup;
}

function wanted(id: string, program = NEW): WantedHooks {
  const setup = setupOf(id);
  return { assistant: id, defaults: setup.defaults, entries: setup.entries(userCommands(program, quiet(id))) };
}

function valueOf(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  assert.deepEqual(
    errors.map((error) => printParseErrorCode(error.error)),
    [],
    text,
  );
  return value;
}

const claude = wanted('claude-code');

/** Real ways in which people's files look. */
const FILES: Readonly<Record<string, string>> = {
  'an empty object': '{}\n',
  'an empty object on two lines': '{\n}\n',
  'no line break at the end': '{\n  "model": "opus"\n}',
  'four spaces': '{\n    "env": {\n        "A": "b"\n    }\n}\n',
  tabs: '{\n\t"env": {}\n}\n',
  'line ends of Windows': '{\r\n  "model": "opus",\r\n  "env": {}\r\n}\r\n',
  'a byte order mark': '\uFEFF{ "a": 1 }',
  'one line':
    '{"model":"opus","hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"guard"}]}]}}',
  comments: `// mine
{
  // the model
  "model": "opus", // the good one
  "permissions": { "allow": [ "Bash(ls)" /* only */ ] }, /* end */
  "last": true // no comma here
  // nothing after
}
// the end`,
  'hooks of somebody else': `{
  "hooks": {
    "Stop": [],
    "PreToolUse": [
      {
        "matcher": "Bash",
        "hooks": [
          { "type": "command", "command": "guard" }, // a guard
        ],
      },
    ],
    "Notification": [{ "hooks": [{ "type": "command", "command": "beep" }] }]
  },
  "model": "opus",
}
`,
  'lists with comments only': '{\n  "hooks": {\n    // none yet\n  }\n}\n',
};

describe('addHooks and removeHooks, on the text of a configuration file', function () {
  this.timeout(20_000);
  for (const [name, text] of Object.entries(FILES)) {
    it(`hooks are added to a file with ${name}, and removed without a trace`, () => {
      const added = addHooks(text, claude);
      assert.equal(presence(added, claude), 'all');
      assert.equal(addHooks(added, claude), added, 'twice changes nothing');
      const value = valueOf(added.replace('\uFEFF', '')) as { hooks: Record<string, unknown[]> };
      for (const event of ['PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'UserPromptSubmit', 'Stop', 'SessionEnd'])
        assert.ok((value.hooks[event]?.length ?? 0) > 0, event);
      const removed = removeHooks(added, 'claude-code');
      assert.equal(presence(removed, claude), 'none');
      const withoutEmptyHooks = (one: string): unknown =>
        JSON.parse(
          JSON.stringify(valueOf(one.replace('\uFEFF', ''))).replace(/,?"hooks":\{\}|"Stop":\[\],/g, ''),
        ) as unknown;
      assert.deepEqual(withoutEmptyHooks(removed), withoutEmptyHooks(text));
      for (const line of text.split('\n'))
        if (/\/[/*]/.test(line) && !line.includes('none yet'))
          assert.ok(removed.includes(line.trim()), `the comment stays: ${line}`);
    });
  }

  it('a file without empty lists is byte for byte the same after adding and removing', () => {
    for (const name of [
      'no line break at the end',
      'four spaces',
      'tabs',
      'line ends of Windows',
      'a byte order mark',
      'one line',
      'comments',
    ]) {
      const text = FILES[name];
      assert.ok(text !== undefined);
      assert.equal(removeHooks(addHooks(text, claude), 'claude-code'), text, name);
    }
  });

  it('adding hooks keeps every character of the file, in its order', () => {
    for (const text of Object.values(FILES)) {
      let at = 0;
      const added = addHooks(text, claude);
      for (const character of text.replaceAll(/\s/g, '')) {
        at = added.indexOf(character, at) + 1;
        assert.ok(at > 0, `${character} of ${JSON.stringify(text)}`);
      }
    }
  });

  it("added hooks take the file's indentation and line ends", () => {
    assert.match(addHooks(FILES['tabs'] ?? '', claude), /\n\t"hooks": \{\n\t\t"PreToolUse": \[/);
    assert.doesNotMatch(addHooks(FILES['line ends of Windows'] ?? '', claude), /[^\r]\n/);
    assert.doesNotMatch(addHooks(FILES['one line'] ?? '', claude), /\n/);
  });

  it('hooks of an earlier installation are replaced in place', () => {
    const old = addHooks(
      FILES['hooks of somebody else'] ?? '',
      wanted('claude-code', { words: ['/old/node', '/old/cli.js'], electron: false }),
    );
    assert.equal(presence(old, claude), 'some');
    const renewed = addHooks(old, claude);
    assert.equal(presence(renewed, claude), 'all');
    assert.doesNotMatch(renewed, /\/old\//);
    assert.equal(renewed, addHooks(FILES['hooks of somebody else'] ?? '', claude));
  });

  it('missing, doubled and misplaced hooks are repaired', () => {
    const full = addHooks('{}', claude);
    const parsed = valueOf(full) as { hooks: Record<string, unknown[]> };
    parsed.hooks['PreToolUse'] = [];
    parsed.hooks['Stop']?.push(parsed.hooks['Stop'][0]);
    parsed.hooks['Strange'] = parsed.hooks['PostToolUse'] ?? [];
    const broken = JSON.stringify(parsed, undefined, 2);
    assert.equal(presence(broken, claude), 'some');
    assert.deepEqual(valueOf(addHooks(broken, claude)), valueOf(full));
  });

  it("our hook is taken out of a group, and the group's other hooks stay", () => {
    const command = userCommands(NEW, quiet('claude-code')).others.sh;
    const text = JSON.stringify(
      {
        hooks: {
          PreToolUse: [
            {
              matcher: 'Bash',
              hooks: [
                { type: 'command', command: 'guard' },
                { type: 'command', command },
              ],
            },
          ],
        },
      },
      undefined,
      2,
    );
    assert.deepEqual(valueOf(removeHooks(text, 'claude-code')), {
      hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'guard' }] }] },
    });
  });

  it("another assistant's hooks, and commands that look like ours, stay", () => {
    const others = [
      'linekeeper record claude-code-router',
      "'/x/linekeeper' record generic",
      'record claude-code',
      'linekeeper status',
    ];
    const text = JSON.stringify({
      hooks: { Stop: others.map((command) => ({ hooks: [{ type: 'command', command }] })) },
    });
    assert.equal(removeHooks(text, 'claude-code'), text);
    assert.equal(presence(text, claude), 'none');
  });

  it('hooks can start an empty file, which counts as bare after removing them', () => {
    const copilot = wanted('github-copilot');
    for (const text of ['', '\n', '  ']) {
      const added = addHooks(text, copilot);
      assert.equal((valueOf(added) as { version: number }).version, 1);
      assert.ok(added.endsWith('}\n'));
      assert.equal(isBare(removeHooks(added, 'github-copilot'), copilot.defaults), true);
    }
    assert.equal(isBare('{"version":1,"mine":2}', copilot.defaults), false);
    assert.equal(isBare('{ /* keep me */ }', copilot.defaults), false);
  });

  it('switchedOff names the key that disables all hooks', () => {
    assert.equal(switchedOff('{"disableAllHooks": true}', ['disableAllHooks']), 'disableAllHooks');
    assert.equal(switchedOff('{"disableAllHooks": false}', ['disableAllHooks']), undefined);
  });

  it('a comment before a removed hook still ends where it did', () => {
    const ours = JSON.stringify({
      hooks: [{ type: 'command', command: userCommands(NEW, quiet('claude-code')).others.sh }],
    });
    const other = '{ "matcher": "x" }';
    assert.equal(
      removeHooks(`{"hooks": {"Stop": [ // note\n ${ours}, ${other}]}}`, 'claude-code'),
      `{"hooks": {"Stop": [ // note\n ${other}]}}`,
    );
    assert.equal(
      removeHooks(`{"hooks": {"Stop": [${other}, // note\n ${ours}]}}`, 'claude-code'),
      `{"hooks": {"Stop": [${other} // note\n ]}}`,
    );
    assert.equal(
      removeHooks(`{"hooks": {"Stop": [${ours}, ${other}]}}`, 'claude-code'),
      `{"hooks": {"Stop": [${other}]}}`,
    );
  });

  it('a malformed file is refused with line and column', () => {
    const cases: [string, JsonTextError['reason'], number, number][] = [
      ['{\n  "a": 1\n  "b": 2\n}', 'malformed', 3, 3],
      ['{"a": ', 'malformed', 1, 7],
      ['[]', 'unexpected-shape', 1, 1],
      ['{\n  "hooks": []\n}', 'unexpected-shape', 2, 12],
      ['{"hooks": {"PreToolUse": {}}}', 'unexpected-shape', 1, 26],
      ['{"hooks": "x"}', 'unexpected-shape', 1, 11],
    ];
    for (const [text, reason, line, column] of cases) {
      assert.throws(
        () => addHooks(text, claude),
        (error) => {
          assert.ok(error instanceof JsonTextError, String(error));
          assert.deepEqual([error.reason, error.line, error.column], [reason, line, column], text);
          return true;
        },
      );
    }
  });

  it('any JSON in any layout survives adding and removing', function () {
    this.timeout(60_000); // many texts, also on a busy machine
    const key = fc.stringMatching(/^[a-z]{1,4}$/);
    const value = fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }));
    const groups = fc.array(
      fc.record({
        matcher: fc.string(),
        hooks: fc.array(fc.record({ type: fc.constant('command'), command: fc.string() }), { minLength: 1 }),
      }),
      { minLength: 1 },
    );
    const hooks = fc.dictionary(fc.constantFrom('PreToolUse', 'Stop', 'Other'), groups, { minKeys: 1 });
    const layout = fc.constantFrom(undefined, 2, 4, '\t');
    fc.assert(
      fc.property(value, fc.option(hooks), layout, fc.boolean(), (other, own, indent, windows) => {
        const json = JSON.stringify(own === null ? other : { ...other, hooks: own }, undefined, indent);
        const text = windows ? json.replaceAll('\n', '\r\n') : json;
        const added = addHooks(text, claude);
        assert.equal(presence(added, claude), 'all');
        assert.equal(addHooks(added, claude), added);
        const removed = removeHooks(added, 'claude-code');
        assert.deepEqual(JSON.parse(removed), JSON.parse(text));
        if (text !== '{}') assert.equal(removed, text);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the hook command for a project', () => {
  it('holds no absolute path', () => {
    const { before, others: other } = projectCommands({ ...quiet('claude-code'), harmless: new Set(['Read']) });
    const commands = [before, other].flatMap((command) => [command.sh, command.powershell]);
    assert.equal(commands.length, 4);
    for (const command of commands) assert.doesNotMatch(command.replaceAll('/dev/null', ''), /(?:^|[\s'"=])\//);
  });
});

describe('two hooks of ours in one list:', () => {
  it('each stays beside the other when hooks are added again, and an older one of another matcher leaves', () => {
    const text = addHooks('{}', claude);
    const matchers = (of: string): unknown[] =>
      (valueOf(of) as { hooks: { PreToolUse: { matcher: string }[] } }).hooks.PreToolUse.map(({ matcher }) => matcher);
    assert.equal(matchers(text).length, 2);
    assert.equal(addHooks(text, claude), text);
    assert.equal(presence(text, claude), 'all');
    const older = text.replace(/"matcher":(\s*)"Read"/, '"matcher":$1"View"');
    assert.notEqual(older, text);
    assert.equal(presence(older, claude), 'some');
    assert.deepEqual(matchers(addHooks(older, claude)), matchers(text));
  });
});
