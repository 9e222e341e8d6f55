/** The mistakes of a newcomer, each with its text: what happened, why, and the next command. */
import assert from 'node:assert/strict';
import { linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - { name: closed, paths: ["infra/**"], review: { ai: { junior: { from: senior } } } }
`;

/** By what somebody typed: the message, without the program's name before it. */
const MISTAKES: Readonly<Record<string, string | RegExp>> = {
  stauts: 'There is no command "stauts". Did you mean "status"? "linekeeper help" lists the commands.',
  gate: 'There is no command "gate". Did you mean "check"? "linekeeper help" lists the commands.',
  constructor: 'There is no command "constructor". "linekeeper help" lists the commands.',
  frobnicate: 'There is no command "frobnicate". "linekeeper help" lists the commands.',
  '""': 'A command is missing. "linekeeper help" lists the commands.',
  '--repo': 'A command is missing. "linekeeper help" lists the commands.',
  'status --jsn': `Unknown option '--jsn'. Did you mean "--json"? "linekeeper help status" shows its usage.`,
  'status extra': 'Unexpected argument "extra". "linekeeper help status" shows its usage.',
  'status --repo /nowhere': '/nowhere is not in a git repository. Go into one, or name it with --repo DIR.',
  'status --plan nofile.json': "The plan nofile.json can't be read: there is no such file.",
  'policy frobnicate':
    'There is no "linekeeper policy frobnicate". "linekeeper policy" takes check, init, vendor, rehearse, show, people, schema or explain; "linekeeper help policy" explains them.',
  'policy chekc':
    'There is no "linekeeper policy chekc". Did you mean "check"? "linekeeper policy" takes check, init, vendor, rehearse, show, people, schema or explain; "linekeeper help policy" explains them.',
  notes:
    'A subcommand is missing: "linekeeper notes" takes push, fetch or repair; "linekeeper help notes" explains them.',
  'deploy frob':
    'There is no "linekeeper deploy frob". "linekeeper deploy" takes record, check or list; "linekeeper help deploy" explains them.',
  'prompts frob':
    'There is no "linekeeper prompts frob". "linekeeper prompts" takes list, push, fetch or purge; "linekeeper help prompts" explains them.',
  'policy init --preset big':
    'There is no preset big. --preset takes one of startup, regulated, platform and colleagues.',
  'policy explain': 'A path, a rule, a tool or a command is missing, as in "linekeeper policy explain infra/db.tf".',
  'policy check nofile.yml':
    'There is no policy at nofile.yml. "linekeeper policy init" writes one at .linekeeper.yml.',
  check: 'A range of commits is missing, such as main..HEAD. "linekeeper help check" shows its usage.',
  'check nowhere..HEAD --actor ada': 'nowhere is not a commit in this clone. Fetch it first, or name another one.',
  'check HEAD~..HEAD --format xml':
    'There is no format "xml". Choose one of text, json, markdown, sarif, github, gitlab.',
  'check HEAD~..HEAD --approvals nofile': /^The approvals in .*nofile"? can't be read: there is no such file\.$/,
  'show nowhere': /^"nowhere" is not a commit in .*\. "git log --oneline" lists the commits\.$/,
  'blame nofile': 'nofile does not exist in the work tree. To read it from a commit: linekeeper blame HEAD PATH.',
  'install --assistant foo': /^"foo" is not an assistant that Linekeeper knows\. Known are: kiro, .*aider\.$/,
  'import foo':
    /^"foo" is no tool that Linekeeper can import from, and there is no such file\. Tools: .*agent-trace.*\.$/,
  'notes push': 'This repository has no remote. "git remote add origin ADDRESS" adds one.',
  'evidence verify nofile': "nofile can't be read: there is no such file.",
  'report --format pdf': '--format "pdf" is not known. Choose one of text, json, csv, html.',
  'report --output nowhere/report.html':
    "nowhere/report.html can't be written: its folder does not exist. Name another file, or make its folder first.",
  'policy rehearse HEAD --output a.txt/page.html':
    "a.txt/page.html can't be written: a part of its path is a file and no folder. Name another file, or make its folder first.",
  'export --format ndjson --output a.txt':
    /^.*a\.txt\/.* can't be written: a part of its path is a file and no folder\.$/,
  'may --file nofile': `"nofile" can't be read: there is no such file.`,
  'may --tool edit --input .': `"." can't be read: it is a folder.`,
  'trace nofile:1': 'nofile is not a file that git tracks here.',
  'trace a.txt:9': 'a.txt has no line 9: it ends with line 1.',
  'ack DANGER': '--reason is missing. Say in a few words why this is OK: --reason "The database is empty".',
  'exception --minutes 5':
    '--reason is missing. Say in a few words why the exception is needed: they are kept with the commit.',
  sign: /^Only a person may sign off a change\. .*\. Run this in your own terminal, outside of the editor(?: \(the program is .+\))?, or use Linekeeper: Sign Off… in the editor\.$/,
  'review --create': /^This repository has no remote\. "git remote add origin .*" adds one\.$/,
  'incident show INC-1': 'There is no incident "INC-1". "linekeeper incident list" shows all.',
};

/** By what somebody wrote as the policy: the whole answer of `policy check`. */
const POLICIES: Readonly<Record<string, readonly [policy: string, answer: RegExp]>> = {
  'an open bracket': [
    'version: 1\ntiers: [\n',
    /^\.linekeeper\.yml:3:1: not valid YAML: .*close any open bracket\)\n$/,
  ],
  'a list item indented too little': [
    'version: 1\npeople:\n  senior:\n - ada\n',
    /^\.linekeeper\.yml:3:10: .*\(put each key on a line of its own, and indent list items at least as far as their key\)\n$/,
  ],
  'a tab': ['version: 1\ntiers:\n\t- name: a\n', /^\.linekeeper\.yml:3:1: .*\(indent with spaces\)\n$/],
  'an unknown level': [
    'version: 1\ntiers:\n  - { name: a, paths: ["x"], review: { any: { from: boss } } }\n',
    /review\.any\.from: expected junior, mid or senior, found boss/,
  ],
  'a missing key': ['tiers:\n  - { name: a, paths: ["x"] }\n', /^\.linekeeper\.yml:1:1: version is missing \(add it: /],
  'a misspelt key': ['version: 1\ntires: []\n', /unknown key tires \(did you mean "tiers"\?\)/],
  'an empty file': ['', /the policy is empty \(begin with version: 1 and tiers:\)/],
};

describe('a mistake of a newcomer:', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    await test.commit('First');
    test.write('a.txt', 'two\n');
    await test.commit('Second');
  });
  after(() => test.dispose());

  for (const [words, text] of Object.entries(MISTAKES))
    it(`linekeeper ${words}: ends with 2 and one sentence that says why`, async () => {
      const { code, stdout, stderr } = await linekeeper(test, words === '""' ? [''] : words.split(' '));
      assert.equal(stdout, '', 'reports no success');
      assert.equal(code, 2);
      const message = /^linekeeper: (.*)\n$/.exec(stderr)?.[1] ?? assert.fail(stderr);
      if (typeof text === 'string') assert.equal(message, text);
      else assert.match(message, text);
      assert.doesNotMatch(message, /\bE[A-Z]{4,}\b|Usage:|undefined|\[object/);
      assert.ok(message.length <= 300, `${String(message.length)} characters`);
    });

  it('no policy on the base: ends with 2 and names the command that writes one', async () => {
    const bare = await TestRepository.create();
    try {
      bare.write('a.txt', 'one\n');
      await bare.commit('First');
      const { code, stdout, stderr } = await linekeeper(bare, ['check', 'HEAD..HEAD', '--actor', 'ada']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^linekeeper: There is no policy \(\.linekeeper\.yml\) on .*"linekeeper policy init"/);
    } finally {
      await bare.dispose();
    }
  });

  it('a folder outside of all repositories: ends with 2 and says where to go', async () => {
    const { code, stderr } = await linekeeper(test, ['status'], { cwd: test.at('..') });
    assert.equal(code, 2);
    assert.match(stderr, /^linekeeper: .* is not in a git repository\. Go into one, or name it with --repo DIR\.\n$/);
  });

  for (const [what, [policy, answer]] of Object.entries(POLICIES))
    it(`${what} in the policy: ends with 1, the place and the fix`, async () => {
      test.write('draft/.linekeeper.yml', policy);
      const { code, stdout } = await linekeeper(test, ['policy', 'check', '.linekeeper.yml'], {
        cwd: test.at('draft'),
      });
      assert.equal(code, 1);
      assert.match(stdout.replaceAll('draft/', ''), answer);
    });
});
