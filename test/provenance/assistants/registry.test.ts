/** What holds for every assistant of the table. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ASSISTANTS, hookPlaces, readPayload, type Scope } from '../../../src/provenance/assistants';
import { hookState, installHooks, uninstallHooks, type SetupOptions } from '../../../src/provenance/assistants/setup';

const COMMENTED = '{\n  // mine\n  "theirs": { "a": [1, 2] }, /* and this */\n  "hooks": {}\n}\n';

describe('a registered assistant', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper table ')));
    for (const name of ['home', 'repository']) mkdirSync(path.join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const optionsOf = (scope: Scope): SetupOptions => ({
    scope,
    home: path.join(folder, 'home'),
    env: {},
    repositoryRoot: path.join(folder, 'repository'),
    stateDir: path.join(folder, 'state'),
    program: ['/opt/node', '/opt/linekeeper/dist/cli.js'],
  });

  for (const assistant of ASSISTANTS) {
    describe(assistant.title, () => {
      it('malformed payloads are read without an error', () => {
        for (const payload of [
          null,
          1,
          'x',
          [],
          {},
          { hook_event_name: 1 },
          { hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: 7 },
          { hook_event_name: 'Unheard', more: { deep: [1] } },
        ]) {
          const reading = readPayload(assistant, payload, {});
          assert.ok('event' in reading || 'ignored' in reading || 'notUnderstood' in reading);
        }
      });

      for (const scope of ['user', 'project'] as const) {
        const has = assistant.hooks(scope, { home: '/h', env: {}, repositoryRoot: '/r' }).length > 0;
        if (!has) continue;

        it(`hooks for the ${scope} are installed and uninstalled byte for byte, in a new and an existing file`, () => {
          const options = optionsOf(scope);
          const where = path.join(folder, scope === 'user' ? 'home' : 'repository');
          assert.equal(hookState(assistant, options).state, 'absent');
          const installed = installHooks(assistant, options);
          assert.equal(installed.outcome, 'installed');
          assert.equal(hookState(assistant, options).state, 'installed');
          const texts = installed.files.map((file) => readFileSync(file, 'utf8'));
          assert.equal(installHooks(assistant, options).outcome, 'already');
          assert.deepEqual(
            installed.files.map((file) => readFileSync(file, 'utf8')),
            texts,
          );
          if (scope === 'project')
            for (const text of texts)
              assert.ok(!text.includes(folder) && !text.includes('/opt/'), 'what is committed holds no path');
          for (const file of installed.files) assert.ok(file.startsWith(where + path.sep), file);
          assert.equal(uninstallHooks(assistant, options).outcome, 'restored');
          assert.deepEqual(
            installed.files.filter((file) => existsSync(file)),
            [],
          );

          const setups = assistant.hooks(scope, options).filter((setup) => setup.kind === 'listed');
          for (const { file } of setups) {
            mkdirSync(path.dirname(file), { recursive: true });
            writeFileSync(file, COMMENTED);
          }
          installHooks(assistant, options);
          for (const { file } of setups)
            assert.match(readFileSync(file, 'utf8'), /\/\/ mine[^]*and this[^]*linekeeper/);
          uninstallHooks(assistant, options);
          for (const { file } of setups) assert.equal(readFileSync(file, 'utf8'), COMMENTED);
        });

        it(`hooks for the ${scope} with an old program path are renewed, and uninstalling still restores the file`, () => {
          const options = optionsOf(scope);
          const older = { ...options, program: ['/opt/node', '/old/linekeeper/dist/cli.js'] };
          installHooks(assistant, older);
          if (scope === 'user') {
            assert.equal(hookState(assistant, options).state, 'changed');
            assert.equal(installHooks(assistant, options).outcome, 'updated');
          }
          assert.equal(hookState(assistant, options).state, 'installed');
          assert.equal(uninstallHooks(assistant, options).outcome, 'restored');
        });

        it(`hook files for the ${scope} are among the places that agents may not write`, () => {
          const options = optionsOf(scope);
          const guarded = hookPlaces(options)
            .filter((place) => place.assistant === assistant)
            .map((place) => place.file);
          for (const { file } of assistant.hooks(scope, options)) assert.ok(guarded.includes(file), file);
        });
      }

      it('limits are stated in whole sentences', () => {
        for (const limit of assistant.coverage.limits) assert.match(limit, /^[A-Z`][^]*\.$/);
        assert.ok(assistant.coverage.versions !== '' && assistant.coverage.surfaces !== '');
      });
    });
  }

  it('folders that hold only hooks are closed to agents as a whole, and settings folders are not', () => {
    const guarded = hookPlaces(optionsOf('project')).map((place) =>
      path.relative(path.join(folder, 'repository'), place.file),
    );
    for (const one of ['.kiro/hooks', '.github/hooks', '.clinerules/hooks', '.opencode/plugin'])
      assert.ok(guarded.includes(one), one);
    assert.ok(!guarded.some((one) => ['.kiro', '.github', '.claude', '.cursor', ''].includes(one)));
  });

  it('a file of somebody else with the name of our hook file is left alone', () => {
    const options = optionsOf('user');
    let seen = 0;
    for (const assistant of ASSISTANTS) {
      for (const setup of assistant.hooks('user', options)) {
        if (setup.kind !== 'file') continue;
        seen++;
        mkdirSync(path.dirname(setup.file), { recursive: true });
        writeFileSync(setup.file, 'theirs\n');
        assert.throws(() => installHooks(assistant, options), /somebody else/);
        assert.equal(readFileSync(setup.file, 'utf8'), 'theirs\n');
        assert.equal(uninstallHooks(assistant, options).outcome, 'absent');
      }
    }
    assert.ok(seen > 0);
  });
});

describe('the source code', () => {
  /**
   * What may name assistants outside of their folders: the tables, the names that other formats use, Copilot's chat in
   * the editor, and the two that can't know this room.
   */
  const MAY_NAME = new Set([
    'provenance/assistants/registry.ts',
    'provenance/assistants/permissions/registry.ts',
    'provenance/assistants/hook-self-test/registry.ts',
    'provenance/assistants/hook-switches/switches-by-assistant.ts',
    'provenance/assistants/importers/fields-of-foreign-records.ts',
    'cli/preview-guard-answer.ts',
    'provenance/commits/notes/format/tool-names-and-note-keys.ts',
    'provenance/assistants/commit-marks/agent-accounts.ts',
    'provenance/assistants/commit-marks/assistant-of-mark.ts',
    'editor/recording/chat/assistants-at-work.ts',
    'editor/recording/chat/chat-answers.ts',
    'editor/recording/chat/inline-chat.ts',
    'danger/analyzers/linekeeper/index.ts',
    'guard/forbidden/linekeeper-commands.ts',
  ]);
  const SOURCES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'src');
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !MAY_NAME.has(file));
  // The names of these are words of other things, too.
  const ids = ASSISTANTS.map(({ id }) => id).filter((id) => id !== 'continue' && id !== 'cursor');

  for (const id of ids)
    it(`names the assistant ${id} only in its own folder`, () => {
      const named = files.filter(
        (file) =>
          !file.startsWith(`provenance/assistants/known/${id}/`) &&
          new RegExp(`^(?!\\s*(?:\\*|//|/\\*)).*['"]${id}['"]`, 'm').test(
            readFileSync(path.join(SOURCES, file), 'utf8'),
          ),
      );
      assert.deepEqual(named, []);
    });
});
