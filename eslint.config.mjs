/**
 * What the code must hold to, checked by `npm run lint`: the strictest rules for types, and who may know whom.
 * A rule is switched off only where it would say nothing useful, each with its reason.
 */
import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { equalBranches } from './scripts/lint/equal-branches.mjs';
import { nounNames } from './scripts/lint/noun-names.mjs';
import { testTitles } from './scripts/lint/test-titles.mjs';

/**
 * The floors of `src/`, from the ground up, each with its rooms in this order; `.` is what stands in the floor's folder outside of them.
 * A room knows the floors below its own and, on its floor, the rooms before it: no arrow goes up. It is entered by its door, `index.ts`,
 * or for types by `types.ts`. A new room is a word here and in docs/dev/architecture.md.
 */
const FLOORS = {
  base: 'patterns platform shapes debug-trace files launcher signatures',
  git: '.',
  provenance:
    'authorship journal journal/breaches journal/exceptions journal/permitted-and-refused-runs commits assistants assistants/record assistants/importers declarations',
  danger: 'shell .',
  policy: '. decision load starter blast-radius incidents findings local-work warnings',
  guard: 'person-acts/forges . run-approval native-rules hook',
  review: 'gate gate/sign-offs forges test-coverage pull-request hunks request ci',
  aftermath: 'charts report rehearsal export fleet .',
  cli: 'user-data .',
  editor: '.',
  entry: 'code-cache',
};
/** No files, no processes, no clock. Each knows types of those before it, and values only of `base/patterns` and of these. */
const PURE = {
  'provenance/authorship': [],
  // A text is parsed from the tree of the one like it: on how lines are compared.
  danger: ['provenance/authorship'],
  policy: [],
  // `decide` is the policy's verdict.
  'policy/decision': ['policy'],
  'aftermath/charts': [],
};
/** Of these and of no other room that touches the machine a pure one knows something: `git` gives types alone. */
const KNOWN_TO_PURE = ['base/patterns', 'danger/shell', 'git'];
/** Loaded in every commit and by every hook of an assistant: it starts at once. */
const HOT = [
  ...'patterns platform shapes debug-trace files launcher'.split(' ').map((name) => `base/${name}`),
  'git',
  ...'journal journal/breaches journal/exceptions journal/permitted-and-refused-runs commits assistants assistants/record'
    .split(' ')
    .map((name) => `provenance/${name}`),
  'danger/shell',
  ...'load blast-radius incidents findings local-work'.split(' ').map((name) => `policy/${name}`),
  'guard/person-acts/forges',
  'guard',
  'guard/hook',
  'entry/code-cache',
];
/** Further doors, for what most callers must not load. */
const DOORS = {
  'base/signatures': ['configured-signing-key.ts'],
  'provenance/commits': ['settle', 'exports-for-notes-sync-and-upkeep.ts'],
  'provenance/assistants': [
    ...[
      'setup',
      'transcripts',
      'hook-self-test',
      'permissions',
      'coverage',
      'native-rules',
      'hook-switches',
      'commit-marks',
    ],
    'permissions/permission-places.ts',
    'sessions-without-hooks.ts',
  ],
  'danger/shell': ['words/glob.ts'],
  danger: ['commands', 'rules', 'finding.ts', 'analyzers/secrets/run-secretlint.ts'],
  policy: ['file/parse.ts', 'file/schema.ts'],
  'policy/incidents': ['parse.ts'],
  'policy/findings': ['find-quickly.ts'],
  'policy/warnings': ['danger-warning-locations.ts'],
  // The latter three have rows and answers that assistants' own rules are made of.
  guard: ['audience-of-verbs.ts', 'guard.ts', 'credentials/known-keys.ts', 'person-acts/package-registry-acts.ts'],
  'guard/hook': ['prompt-excerpt.ts'],
  'review/forges': [
    'index',
    'forge-client-interface',
    'ci-events-and-variables',
    'count-names-in-lower-case',
    'pull-requests-interface',
    'run-program',
  ].map((name) => `client-parts/${name}.ts`),
  'review/hunks': ['hunks-marked-read.ts'],
  'review/request': ['limit-of-examined-commits.ts'],
  'review/ci': ['write-workflow.ts'],
};
const NAMES = Object.entries(FLOORS).flatMap(([floor, rooms]) =>
  rooms.split(' ').map((name) => (name === '.' ? floor : `${floor}/${name}`)),
);
/** Rooms inside a room, as paths relative to it. */
const innerRooms = (room) =>
  NAMES.filter((name) => name.startsWith(`${room}/`)).map((name) => name.slice(room.length + 1));
/** What is the room's own: everything in its folder but the rooms inside. */
const ownParts = (room) => ({
  files: [`src/${room}/**/*.ts`],
  ignores: innerRooms(room).map((inner) => `src/${room}/${inner}/**`),
});

const isIn = (room, other) => room.startsWith(`${other}/`);
const isShell = (room) => /^(?:cli|editor)(?:\/|$)/.test(room);
const knows = (room, other) =>
  NAMES.indexOf(other) < NAMES.indexOf(room) &&
  !(isShell(other) && room.split('/')[0] !== other.split('/')[0]) &&
  (PURE[room] === undefined || PURE[other] !== undefined || KNOWN_TO_PURE.includes(other));

/**
 * For each other room what of it this one may not import. A zone's target is all of `src`: each room has its own zones
 * for its own files below, since the rule looks through all zones for every file.
 */
const zonesOf = (room) =>
  NAMES.filter((other) => other !== room).map((other) => {
    const inner = innerRooms(other);
    const zone = (more) => ({ target: './src', from: `./src/${other}`, ...more });
    if (knows(room, other)) {
      const doors = ['index.ts', 'types.ts', ...(DOORS[other] ?? [])];
      return zone({
        except: [...doors, ...inner].map((door) => `./${door}`),
        message: `Come in by the door of \`${other}\` (${doors.join(', ')}); what is missing there, export there.`,
      });
    }
    if (isShell(room) && isShell(other) && !isIn(room, other))
      return zone({
        message: `\`cli\` and \`editor\` never import each other: what both need belongs in a room below them.`,
      });
    return zone({
      ...(inner.length === 0 ? {} : { except: inner.map((name) => `./${name}`) }),
      message: `\`${room}\` knows ${PURE[room] === undefined ? 'the rooms' : 'the pure rooms'} before it in FLOORS, and \`${other}\` is none (docs/dev/architecture.md). Hand in what it needs as an argument, or do this in a room that knows both.`,
    });
  });
/** An entry point is a composition root of one room, and nobody's library. */
const ENTRIES = {
  'entry/cli.ts': 'cli',
  'entry/github-action.ts': 'cli',
  'entry/cli-main.ts': 'cli',
  'entry/cli-blame-show-status.ts': 'cli',
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
    '(?:/policy/file|/incidents|^\\.\\./file)/(?:parse|schema)$|/assistants/(?:setup|hook-self-test|coverage|permissions)$|/commits/settle$',
  allowTypeImports: true,
  message:
    'This loads YAML and a schema library, what edits configuration, or what pays owed notes. Import it on demand: `await import(…)`.',
};
const MACHINE = {
  regex: '^node:',
  message: 'This room is pure: no files, no processes, no clock. Take what you need as an argument.',
};
/** `danger/finding` has the classes of findings, which the policy names. */
const valuesBut = (standsOn = []) => ({
  regex: `^(?!(?:\\.\\./)+danger/finding$)(?:\\.\\./)+(?:${[...Object.keys(PURE), 'git'].filter((name) => !standsOn.includes(name)).join('|')})(?:/|$)`,
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
      'Each program that is started is started in one place: git by src/git/plumbing/run-git.ts, others as eslint.config.mjs lists.',
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
    plugins: { 'import-x': importX, branches: { rules: { 'equal-branches': equalBranches } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mts', '.js', '.json'] })] },
    rules: {
      eqeqeq: 'error',
      'branches/equal-branches': 'error',
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
      // The compiler itself tells a class with private parts from what looks like it; of another, that may do. One of the slowest rules.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // As slow, and the editor has the only enums: it is on for those who see them.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // `/word/.test(text)` reads like its neighbours that need a pattern.
      '@typescript-eslint/prefer-includes': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
    },
  },
  ...NAMES.map((room) => ({
    ...ownParts(room),
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
    plugins: { names: { rules: { 'noun-names': nounNames } } },
    rules: {
      'names/noun-names': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  // Each walks through one text or one record from front to end, with a state of its own; the rest is beside them.
  {
    files: ['src/provenance/journal/replay/replay.ts', 'src/danger/shell/words/invocations-in-shell-text.ts'],
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
      'src/guard/hook/start-background-work.ts',
      'src/cli/forge/open-in-browser.ts',
      'src/cli/doctor/prove/run-hook-command.ts',
      'src/editor/background/helper-launcher.ts',
      'src/editor/commands/run-cli.ts',
      'src/review/forges/client-parts/run-program.ts',
      'src/base/signatures/{cosign,ssh-signatures}.ts',
      'src/git/hooks/try-hooks-before-writing.ts',
      'src/editor/commands/install-command-line.ts',
      'src/editor/review/keys-of-ssh-agent.ts',
      'src/git/plumbing/run-git.ts',
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
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  ...[
    ...HOT.map((room) => ownParts(room)),
    {
      files: [
        'src/entry/cli.ts',
        'src/entry/cli-{main,blame-show-status,record,git-hook}.ts',
        'src/cli/*.ts',
        'src/cli/{arguments,output}/*.ts',
        'src/cli/verbs/{record,hook}.ts',
      ],
      ignores: [],
    },
  ].map(({ files, ignores }) => ({
    files,
    ignores: [...ignores, 'src/provenance/assistants/{setup,hook-self-test,coverage,permissions,native-rules}/**'],
    rules: imports(VSCODE, SLOW, SLOW_DOORS),
  })),
  ...Object.entries(PURE).map(([name, standsOn]) => ({
    ...ownParts(name),
    rules: {
      ...imports(VSCODE, SLOW, MACHINE, valuesBut(standsOn)),
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
    files: [
      'src/policy/file/{parse,schema,schema-building-blocks,schema-team-rules,schema-environments,read-yaml-with-positions,interpret,schema-errors}.ts',
    ],
    rules: imports(VSCODE, MACHINE, VALUES),
  },
  { files: ['src/policy/incidents/{parse,schema}.ts'], rules: imports(VSCODE) },
  {
    files: ['src/policy/file/{schema,schema-team-rules,schema-environments}.ts'],
    rules: imports(VSCODE, MACHINE, VALUES_BUT_RULES),
  },
  // A bundle of its own, which is read when there is something to look at (dist/danger.js).
  { ...ownParts('danger'), rules: imports(VSCODE, MACHINE, valuesBut(PURE.danger)) },
  {
    files: ['src/editor/**/*.ts', 'src/entry/extension.ts', 'src/entry/{extension-main,transcript-worker}.ts'],
    rules: imports(),
  },
  {
    files: ['src/editor/**/*.ts', 'test/editor/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-enum-assignment': 'error' },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
