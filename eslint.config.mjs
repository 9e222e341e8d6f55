/**
 * What the code must hold to, checked by `npm run lint`: the strictest rules for types, and who may know whom.
 * A rule is switched off only where it would say nothing useful, each with its reason.
 */
import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { testTitles } from './scripts/lint/test-titles.mjs';

/**
 * The rooms of `src/` and whom each may know. A room is entered by its door, `index.ts`, or for types by `types.ts`; `doors` names
 * further ones, for what most callers must not load. A room inside another (`provenance/journal/exceptions`) has its own line and its own door.
 * A new room is one line here, one in the picture of docs/architecture.md.
 */
const ROOMS = {
  'provenance/authorship': { knows: ['policy', 'danger'], pure: true },
  'danger/shell': { knows: [], hot: true, doors: ['words/glob.ts'] },
  policy: { knows: ['provenance/authorship', 'danger'], pure: true, doors: ['file/parse.ts', 'file/schema.ts'] },
  'policy/load': { knows: ['policy', 'git'], hot: true },
  'policy/starter': { knows: ['policy', 'git'] },
  // Stands on how lines are compared: a text is parsed from the tree of the one like it.
  danger: {
    knows: ['provenance/authorship', 'policy', 'danger/shell'],
    pure: true,
    standsOn: ['provenance/authorship'],
    doors: ['commands', 'rules', 'analyzers/secrets/detector.ts'],
  },
  // Whoever touches the machine may say what it did.
  'base/debug-trace': { knows: [], hot: true, everywhere: true },
  // Whoever writes a file writes it whole.
  'base/files': { knows: [], hot: true, everywhere: true },
  // Which shape JSON has.
  'base/shapes': { knows: [], hot: true, everywhere: true },
  // Regular expressions: whatever is pure may use them, too.
  'base/patterns': { knows: [], hot: true, everywhere: 'pure rooms too' },
  // What differs between systems.
  'base/platform': { knows: [], hot: true, everywhere: true },
  // Where hooks find the program.
  'base/launcher': { knows: [], hot: true, everywhere: true },
  // Texts that somebody signed.
  'base/signatures': { knows: [], doors: ['configured-key.ts'] },
  'provenance/journal': { knows: ['provenance/authorship'], hot: true },
  'provenance/journal/exceptions': { knows: ['provenance/journal'], hot: true },
  'provenance/journal/breaches': { knows: ['provenance/journal'], hot: true },
  'provenance/journal/runs': { knows: ['provenance/journal'], hot: true },
  git: { knows: ['provenance/authorship', 'provenance/journal'], hot: true },
  'provenance/commits': {
    knows: [
      'provenance/authorship',
      'provenance/journal',
      'provenance/journal/exceptions',
      'provenance/journal/breaches',
      'provenance/journal/runs',
      'git',
    ],
    hot: true,
    doors: ['settle', 'sync.ts'],
  },
  'provenance/assistants': {
    knows: ['provenance/assistants/switches'],
    hot: true,
    doors: [
      'setup',
      'transcripts',
      'self-test',
      'permissions',
      'permissions/permission-places.ts',
      'coverage',
      'native-rules',
    ],
  },
  // What switches an assistant's hooks off: rows alone, which the guard reads.
  'provenance/assistants/switches': { knows: [], hot: true },
  'provenance/assistants/record': {
    knows: ['provenance/assistants', 'provenance/journal', 'git', 'provenance/commits'],
    hot: true,
  },
  'guard/hook': {
    knows: [
      'provenance/assistants',
      'provenance/assistants/record',
      'guard',
      'guard/run-approval',
      'provenance/journal',
      'provenance/journal/exceptions',
      'provenance/journal/breaches',
      'provenance/journal/runs',
      'git',
      'provenance/commits',
      'policy',
      'policy/load',
      'danger',
      'policy/findings',
      'policy/incidents',
    ],
    hot: true,
    doors: ['prompt.ts'],
  },
  'provenance/assistants/importers': {
    knows: ['provenance/assistants', 'provenance/authorship', 'git', 'provenance/commits'],
  },
  // Stands on the policy: `decide` is its verdict.
  'policy/decision': { knows: ['provenance/authorship', 'policy'], pure: true, standsOn: ['policy'] },
  'policy/blast-radius': { knows: ['policy', 'git', 'danger'], hot: true },
  'policy/incidents': { knows: ['policy', 'policy/load', 'git', 'provenance/journal'], hot: true, doors: ['parse.ts'] },
  'provenance/declarations': {
    knows: [
      'provenance/authorship',
      'policy',
      'provenance/journal',
      'git',
      'provenance/commits',
      'provenance/assistants/record',
    ],
    doors: ['danger-locations.ts'],
  },
  'policy/findings': {
    knows: ['provenance/authorship', 'policy', 'policy/load', 'git', 'danger', 'policy/blast-radius'],
    hot: true,
    doors: ['quick.ts'],
  },
  'policy/local-work': {
    knows: [
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
      'policy/decision',
      'policy/findings',
      'policy/incidents',
    ],
    hot: true,
  },
  guard: {
    knows: [
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'danger/shell',
      'danger',
      'guard/person-acts/forges',
      'provenance/assistants/switches',
    ],
    hot: true,
    doors: ['verb-audience.ts'],
  },
  // A policy as rules that assistants enforce by themselves. Not in `guard`, which every hook loads.
  'guard/native-rules': { knows: ['provenance/assistants', 'guard', 'policy', 'danger', 'guard/person-acts/forges'] },
  // What a second person lets an agent run, once. Not in `gate`, which knows agents: their hook asks this.
  'guard/run-approval': { knows: ['base/signatures', 'provenance/journal', 'policy', 'policy/load', 'git'] },
  // One folder a forge; what uses the network is loaded on demand (client.ts of each).
  'review/forges': {
    knows: ['policy', 'review/gate', 'review/forges/api'],
  },
  // Each forge's rows of what only a person may say there, which the guard reads.
  'guard/person-acts/forges': { knows: [], hot: true },
  'review/forges/api': {
    knows: ['policy', 'review/gate', 'review/forges'],
    doors: ['forge-client.ts', 'job.ts', 'counted.ts', 'requests.ts', 'run-program.ts'],
  },
  'review/gate': {
    knows: [
      'policy/decision',
      'policy/blast-radius',
      'policy/incidents',
      'provenance/declarations',
      'provenance/assistants',
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
    ],
  },
  'review/gate/sign-offs': {
    knows: ['base/signatures', 'policy', 'policy/load', 'git', 'provenance/commits', 'review/gate'],
  },
  'review/pull-request': {
    knows: [
      'policy/decision',
      'policy/blast-radius',
      'provenance/authorship',
      'policy',
      'git',
      'review/forges',
      'review/test-coverage',
    ],
  },
  'review/test-coverage': { knows: ['provenance/authorship'] },
  'review/hunks': {
    knows: [
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
      'provenance/journal',
      'review/gate',
      'policy/findings',
    ],
    doors: ['read-marks.ts'],
  },
  'review/request': {
    knows: [
      'policy/blast-radius',
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
      'review/forges',
      'review/pull-request',
      'review/test-coverage',
      'review/hunks',
      'review/gate',
      'policy/decision',
      'policy/findings',
    ],
    doors: ['commit-limit.ts'],
  },
  'review/ci': {
    knows: [
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
      'policy/decision',
      'policy/findings',
      'review/gate',
      'review/gate/sign-offs',
      'review/pull-request',
      'review/forges',
      'review/forges/api',
    ],
    doors: ['set-up.ts'],
  },
  'aftermath/charts': { knows: [], pure: true },
  'aftermath/report': {
    knows: [
      'provenance/authorship',
      'provenance/assistants',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
      'review/pull-request',
      'review/gate',
      'policy/findings',
      'provenance/declarations',
      'aftermath/charts',
    ],
  },
  'aftermath/rehearsal': {
    knows: [
      'provenance/authorship',
      'policy',
      'git',
      'provenance/commits',
      'review/gate',
      'policy/decision',
      'policy/findings',
      'aftermath/charts',
    ],
  },
  'aftermath/export': { knows: ['provenance/authorship', 'git', 'provenance/commits', 'policy', 'aftermath/report'] },
  'aftermath/fleet': { knows: ['aftermath/export'] },
  aftermath: {
    knows: [
      'provenance/authorship',
      'policy',
      'policy/load',
      'git',
      'provenance/commits',
      'provenance/journal',
      'provenance/journal/exceptions',
      'provenance/journal/runs',
      'review/gate',
      'review/gate/sign-offs',
      'guard/run-approval',
      'base/signatures',
      'policy/decision',
      'policy/findings',
      'policy/incidents',
      'aftermath/charts',
    ],
  },
  'entry/code-cache': { knows: [], hot: true },
  'cli/user-data': { knows: ['provenance/journal', 'git', 'provenance/commits'] },
  cli: { knows: 'all but editor' },
  editor: { knows: 'all but cli' },
};
const NAMES = Object.keys(ROOMS);
/** Rooms inside a room, as paths relative to it. */
const innerRooms = (room) =>
  NAMES.filter((name) => name.startsWith(`${room}/`)).map((name) => name.slice(room.length + 1));
/** What is the room's own, as patterns: everything in its folder but the rooms inside. */
const ownParts = (room) =>
  innerRooms(room).length === 0
    ? [`src/${room}/**/*.ts`]
    : [`src/${room}/*.ts`, `src/${room}/!(${innerRooms(room).join('|')})/**/*.ts`];
const filesOf = (test) => NAMES.filter((name) => test(ROOMS[name])).flatMap(ownParts);

const isIn = (room, other) => other === room || other.startsWith(`${room}/`);
const knows = (room, other) => {
  if (ROOMS[other].everywhere === 'pure rooms too') return true;
  if (ROOMS[other].everywhere === true && ROOMS[room].pure !== true) return true;
  if (Array.isArray(ROOMS[room].knows)) return ROOMS[room].knows.includes(other);
  return !isIn(ROOMS[room].knows.replace('all but ', ''), other);
};
const listed = (names) => (names.length === 0 ? 'no other room' : names.map((name) => `\`${name}\``).join(', '));

/**
 * For each other room what of it this one may not import. A zone's target is all of `src`: each room has its own zones
 * for its own files below, since the rule looks through all zones for every file.
 */
const zonesOf = (room) =>
  NAMES.filter((other) => other !== room).map((other) => {
    const inner = innerRooms(other);
    const zone = (more) => ({ target: './src', from: `./src/${other}`, ...more });
    if (knows(room, other)) {
      const doors = ['index.ts', 'types.ts', ...(ROOMS[other].doors ?? [])];
      return zone({
        except: [...doors, ...inner].map((door) => `./${door}`),
        message: `Come in by the door of \`${other}\` (${doors.join(', ')}); what is missing there, export there.`,
      });
    }
    if (['cli', 'editor'].includes(room) && !isIn(room, other))
      return zone({
        message: `\`cli\` and \`editor\` never import each other: what both need belongs in a room below them.`,
      });
    return zone({
      ...(inner.length === 0 ? {} : { except: inner.map((name) => `./${name}`) }),
      message: `\`${room}\` knows ${listed(NAMES.filter((name) => knows(room, name)))} (docs/architecture.md). Hand in what it needs as an argument, or do this in a room that knows both.`,
    });
  });
/** An entry point is a composition root of one room, and nobody's library. */
const ENTRIES = {
  'entry/cli.ts': 'cli',
  'entry/action.ts': 'cli',
  'entry/cli-main.ts': 'cli',
  'entry/cli-read.ts': 'cli',
  'entry/cli-record.ts': 'cli',
  'entry/cli-git-hook.ts': 'cli',
  'entry/extension.ts': 'editor',
  'entry/extension-main.ts': 'editor',
  'entry/transcript-worker.ts': 'editor',
};
const zones = [];
for (const [entry, room] of Object.entries(ENTRIES)) {
  zones.push({
    target: `./src/${entry}`,
    from: './src',
    except: [`./${room}`, './entry/code-cache', './entry/extension-main.ts'],
    message: `\`src/${entry}\` only puts \`${room}\` together: import from there.`,
  });
}
zones.push(
  {
    target: NAMES.map((name) => `./src/${name}`),
    from: Object.keys(ENTRIES).map((entry) => `./src/${entry}`),
    message: 'An entry point starts a program when it is imported. Move what is needed into a room.',
  },
  {
    target: './src',
    from: ['./test', './scripts'],
    message: 'What ships stands on nothing of `test` or `scripts`: move it into a room of `src`.',
  },
);

/** Modules that only some may import, for `no-restricted-imports`. */
const VSCODE = {
  regex: '^vscode$',
  message:
    '`vscode` exists only inside the editor: keep what needs it in src/editor, and hand the rest what it needs as an argument.',
};
const SLOW = {
  regex: '^(?:zod|yaml|jsonc-parser|simple-git|diff)(?:/|$)',
  message:
    'This is loaded in every commit and every hook of an assistant, and must start at once. Do it where it is loaded on demand: `policy/file/parse`, `assistants/setup`, `review`, `gate`, a verb of src/cli/verbs.',
};
const SLOW_DOORS = {
  regex:
    '(?:/policy/file|/incidents|^\\.\\./file)/(?:parse|schema)$|/assistants/(?:setup|self-test|coverage|permissions)$|/commits/settle$',
  allowTypeImports: true,
  message:
    'This loads YAML and a schema library, what edits configuration, or what pays owed notes. Import it on demand: `await import(…)`.',
};
const MACHINE = {
  regex: '^node:',
  message: 'This room is pure: no files, no processes, no clock. Take what you need as an argument.',
};
const valuesBut = (standsOn = []) => ({
  regex: `^(?:\\.\\./)+(?:${NAMES.filter((name) => ROOMS[name].pure && !standsOn.includes(name)).join('|')})(?:/|$)`,
  allowTypeImports: true,
  message: "Pure rooms know only each other's types: `import type`. Take values as arguments.",
});
const VALUES = valuesBut();
/** The ids of rules are in one table, and a policy that names one is checked against it. */
const VALUES_BUT_RULES = { ...VALUES, regex: VALUES.regex.replace('^', '^(?!(?:\\.\\./)+danger/rules$)') };
const BARE = {
  regex: `^(?:${builtinModules.filter((name) => /^\w+$/.test(name)).join('|')})(?:/|$)`,
  message: 'Write `node:` before the name of a module of Node.',
};
const imports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: [BARE, ...patterns] }],
});

/** What nobody can read, for `no-restricted-syntax`: 250 characters of a pattern without a name. */
const LONG_PATTERNS = {
  selector: 'Literal[regex.pattern.length>250]',
  message:
    'Cut this into parts with names, or into a sorted list of words: `either`, `anyOf`, `fileNamed` of src/base/patterns.',
};

/** What differs between systems, for `no-restricted-syntax`: the null device comes last. */
const SYSTEMS = [
  ["MemberExpression[object.name='process'][property.name='platform']", '`SYSTEM`, `isWindows()` or `isMac()`'],
  [
    "MemberExpression[object.name='path'][property.name=/^(?:sep|delimiter)$/]",
    '`slashedHere()`, `SEPARATOR` or `PATH_DELIMITER`',
  ],
  [
    "CallExpression[callee.name=/^spawn(?:Sync)?$/][arguments.0.type='Literal'][arguments.0.value!='/bin/sh']",
    '`startOf()`',
  ],
  ["Literal[value='/dev/null']", '`NULL_DEVICE`'],
].map(([selector, instead]) => ({
  selector,
  message: `Only src/base/platform knows the system: use ${instead} of it.`,
}));
const PROCESSES = [
  {
    selector: "ImportDeclaration[source.value='node:child_process'][importKind!='type']",
    message:
      'Each program that is started is started in one place: git by src/git/plumbing/run.ts, others as eslint.config.mjs lists.',
  },
];

/** What stands for the editor where its parts are tried without one. */
const STAND_IN = ['test/support/vscode/**/*.ts', 'test/support/vscode.test.ts', 'test/support/editor-*.ts'];

export default defineConfig(
  // The sample is a project of its own, and fixtures are what they are.
  globalIgnores(['dist/', 'out/', 'media/', 'test/fixtures/', 'test/story/sample/']),
  {
    files: ['**/*.ts', '**/*.mts', '**/*.mjs'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mts', '.js', '.json'] })] },
    rules: {
      eqeqeq: 'error',
      'object-shorthand': ['error', 'properties'],
      'no-useless-rename': 'error',
      // Handing on what returns nothing, from a callback or a function that returns nothing, confuses nobody; elsewhere the rule holds.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Taking keys out of an object is done by naming them; a leading `_` says that a name is there for its place.
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          ignoreRestSiblings: true,
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
        },
      ],
      // Names and messages from outside are searched for control characters on purpose.
      'no-control-regex': 'off',
      // Texts are taken apart by code points on purpose: what is cut must stay valid, and nothing is rendered letter by letter.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }, 'string'] }],
      // It asks for `!`, which is not used here.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `/word/.test(text)` reads like its neighbours that need a pattern.
      '@typescript-eslint/prefer-includes': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
    },
  },
  ...NAMES.map((room) => ({
    files: ownParts(room),
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: [...zonesOf(room), ...zones] }],
    },
  })),
  { files: ['scripts/**', 'test/**'], rules: imports() },
  {
    files: ['test/**/*.test.ts'],
    plugins: { house: { rules: { 'test-titles': testTitles } } },
    rules: { 'house/test-titles': 'error' },
  },
  // Programs write through `Terminal`, or the editor's own output; build tools and tests print.
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error', 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  // Each walks through one text or one record from front to end, with a state of its own; the rest is beside them.
  {
    files: ['src/provenance/journal/replay/replay.ts', 'src/danger/shell/words/tokenize.ts'],
    rules: { 'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }] },
  },
  // What differs between systems is in one room; commands that people and agents write name the null device, too.
  {
    files: ['src/**/*.ts'],
    ignores: ['src/base/platform/**'],
    rules: { 'no-restricted-syntax': ['error', ...SYSTEMS, ...PROCESSES, LONG_PATTERNS] },
  },
  { files: ['src/base/platform/**'], rules: { 'no-restricted-syntax': ['error', LONG_PATTERNS] } },
  {
    files: ['src/{danger,guard}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...SYSTEMS.slice(0, -1), ...PROCESSES, LONG_PATTERNS] },
  },
  {
    files: [
      'src/guard/hook/prepare-later.ts',
      'src/cli/forge/browser.ts',
      'src/cli/doctor/prove/run-hook.ts',
      'src/editor/background/helper-launcher.ts',
      'src/editor/commands/run-cli.ts',
      'src/review/forges/api/run-program.ts',
      'src/base/signatures/{cosign,ssh}.ts',
      'src/git/hooks/trial.ts',
      'src/editor/commands/install-command-line.ts',
      'src/git/plumbing/run.ts',
      'src/guard/writes/git-lookups.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...SYSTEMS, LONG_PATTERNS] },
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    ignores: ['test/editor/**', ...STAND_IN],
    rules: imports(VSCODE),
  },
  // Its classes and enums stand for those of the real `vscode`, whose types the callers have; a label may be an object there.
  {
    files: STAND_IN,
    rules: {
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: [
      ...filesOf((room) => room.hot),
      'src/entry/cli.ts',
      'src/entry/cli-{main,read,record,git-hook}.ts',
      'src/cli/*.ts',
      'src/cli/{arguments,output}/*.ts',
      'src/cli/verbs/{record,hook}.ts',
    ],
    ignores: ['src/provenance/assistants/{setup,self-test,coverage,permissions}/**'],
    rules: imports(VSCODE, SLOW, SLOW_DOORS),
  },
  ...NAMES.filter((name) => ROOMS[name].pure).map((name) => ({
    files: ownParts(name),
    rules: {
      ...imports(VSCODE, SLOW, MACHINE, valuesBut(ROOMS[name].standsOn)),
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
          name,
          message: MACHINE.message,
        })),
      ],
      'no-restricted-properties': [
        'error',
        ...[
          ['Date', 'now'],
          ['Math', 'random'],
        ].map(([object, property]) => ({ object, property, message: MACHINE.message })),
      ],
    },
  })),
  {
    files: ['src/policy/file/{parse,schema,yaml-source,interpret,schema-errors}.ts'],
    rules: imports(VSCODE, MACHINE, VALUES),
  },
  { files: ['src/policy/incidents/{parse,schema}.ts'], rules: imports(VSCODE) },
  { files: ['src/policy/file/schema.ts'], rules: imports(VSCODE, MACHINE, VALUES_BUT_RULES) },
  // A bundle of its own, which is read when there is something to look at (dist/danger.js).
  { files: ['src/danger/**/*.ts'], rules: imports(VSCODE, MACHINE, valuesBut(ROOMS.danger.standsOn)) },
  {
    files: ['src/editor/**/*.ts', 'src/entry/extension.ts', 'src/entry/{extension-main,transcript-worker}.ts'],
    rules: {
      ...imports(),
      // Whatever can be disposed of is a `Disposable` to the editor, whether or not its class made it.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
