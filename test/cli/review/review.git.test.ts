import assert from 'node:assert/strict';
import { main } from '../../../src/cli/main';
import { record } from '../../../src/cli/verbs/record';
import { openInBrowser } from '../../../src/cli/forge/open-in-browser';
import { reviewVerb } from '../../../src/cli/verbs/review';
import type { ExitCode, Terminal } from '../../../src/cli/verb';
import { itInFull } from '../../support/full';
import { CARL, TestRepository } from '../../support/repository';

const POLICY = `version: 1
people: { senior: [ada@example.com, "@acme/platform-seniors"], mid: [], junior: [carl@example.com] }
aliases: { ada: [ada@example.com] }
tiers:
  - name: critical
    paths: ["infra/prod/**"]
    review: { ai: { junior: { from: senior } } }
`;

interface Answer {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

interface Json {
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly reviewers: readonly string[];
  readonly labels: readonly string[];
  readonly truncated: boolean;
  readonly pushed: boolean;
}

describe('linekeeper review', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  beforeEach(async () => {
    repository = await TestRepository.create();
  });
  afterEach(() => repository.dispose());

  function terminal(stdin = ''): { readonly terminal: Terminal; readonly said: { out: string; err: string } } {
    const said = { out: '', err: '' };
    return {
      said,
      terminal: {
        out: (text) => void (said.out += text),
        err: (line) => void (said.err += `${line}\n`),
        stdin: () => Promise.resolve(stdin),
        env: repository.env,
        cwd: repository.root,
        now: Date.now,
        home: repository.home,
        program: [process.execPath, 'cli.js'],
      },
    };
  }

  async function linekeeper(words: readonly string[], stdin = ''): Promise<Answer> {
    const { terminal: given, said } = terminal(stdin);
    return { code: await main(words, given, { record }), ...said };
  }

  const json = async (...words: string[]): Promise<Json> => {
    const { code, out, err } = await linekeeper(['review', '--json', ...words]);
    assert.equal(code, 0, err);
    return JSON.parse(out) as Json;
  };

  /** An edit as an assistant reports it: before, the writing, after. */
  async function byAssistant(file: string, content: string): Promise<void> {
    const report = (event: string): string =>
      JSON.stringify({
        version: 1,
        event,
        id: file,
        author: 'ai',
        tool: 'kiro',
        model: 'claude-sonnet-4-5',
        session: 's-1',
        cwd: repository.root,
        files: [file],
      });
    assert.equal((await linekeeper(['record', 'generic'], report('before'))).code, 0);
    repository.write(file, content);
    assert.equal((await linekeeper(['record', 'generic'], report('after'))).code, 0);
  }

  /** A remote at GitHub with main on it, and a branch on which an assistant changed a critical file. */
  async function story(policy: string | null = POLICY): Promise<void> {
    if (policy !== null) repository.write('.linekeeper.yml', policy);
    repository.write('infra/prod/main.tf', 'resource "db" "main" {\n  name = "orders"\n}\n');
    await repository.commit('Start');
    await repository.git('init', '--quiet', '--bare', repository.outside('forge.git'));
    await repository.git('remote', 'add', 'origin', 'https://jo:s3cret@github.com/acme/shop.git');
    await repository.git('config', 'remote.origin.pushurl', repository.outside('forge.git'));
    await repository.git('push', '--quiet', '-u', 'origin', 'main');
    await repository.git('config', 'user.email', CARL.email);
    await repository.git('switch', '--quiet', '--no-track', '-c', 'feature/encrypt');
    await byAssistant('infra/prod/main.tf', 'resource "db" "main" {\n  name = "orders"\n  encrypted = true\n}\n');
    await repository.commit('Encrypt the orders database', { as: CARL });
  }

  it("fills the page from the record and the base's policy", async () => {
    await story();
    const review = await json();
    assert.match(
      review.url,
      /^https:\/\/github\.com\/acme\/shop\/compare\/main\.\.\.feature\/encrypt\?quick_pull=1&title=Encrypt/,
    );
    assert.equal(new URL(review.url).searchParams.get('body'), review.body);
    assert.equal(review.title, 'Encrypt the orders database');
    assert.deepEqual(review.reviewers, ['ada', 'acme/platform-seniors']);
    assert.deepEqual(review.labels, ['ai-assisted', 'risk: critical']);
    assert.equal(review.truncated, false);
    assert.match(
      review.body,
      /^\*\*Needs a senior's sign-off\.\*\* Suggested reviewers: @ada, @acme\/platform-seniors\.\n\n- 1 line changed by AI in critical\./,
    );
    assert.ok(review.body.includes('**AI: 1 of 1** changed lines (+1), by kiro (claude-sonnet-4-5).'), review.body);
    assert.ok(review.body.includes('|`critical`|`infra/prod/main.tf`|+1|'), review.body);
    assert.doesNotMatch(JSON.stringify(review), /s3cret/);
  });

  it('linekeeper review: prints the text, and JSON only with --json, when nobody is at a terminal', async () => {
    await story();
    const { code, out } = await linekeeper(['review']);
    assert.equal(code, 0);
    assert.match(out, /^Page {6}https:[^]*^Reviewers ada, acme\/platform-seniors$/m);
  });

  itInFull('does not push: it prints the push command, and opens the page after the push', async () => {
    await story();
    const before = await repository.git('ls-remote', repository.outside('forge.git'));
    const opened: string[] = [];
    const verb = reviewVerb({ isTerminal: () => true, open: (url) => Promise.resolve(opened.push(url) > 0) });
    const run = async (values: Record<string, boolean> = {}): Promise<Answer> => {
      const { terminal: given, said } = terminal();
      const code = await verb.run({
        terminal: given,
        positionals: [],
        values,
        json: false,
        repository: () => repository.repository(),
        verb: () => Promise.resolve(undefined),
      });
      return { code, ...said };
    };
    const first = await run();
    assert.equal(first.code, 1);
    assert.match(
      first.out,
      /feature\/encrypt hasn't been pushed to origin\..*\n\n {2}git push -u origin feature\/encrypt\n/,
    );
    const shown = await run({ print: true });
    assert.equal(shown.code, 0);
    assert.match(shown.err, /hasn't been pushed to origin.*git push -u origin feature\/encrypt/);
    assert.match(
      shown.out,
      /^Page {6}https:\/\/github\.com\/.*\nTitle {5}Encrypt the orders database\nReviewers ada, acme\/platform-seniors\nLabels {4}ai-assisted, risk: critical\n\n\*\*Needs/,
    );
    assert.deepEqual(opened, []);
    assert.equal(await repository.git('ls-remote', repository.outside('forge.git')), before);

    await repository.git('push', '--quiet', '-u', 'origin', 'feature/encrypt');
    const second = await run();
    assert.deepEqual(
      [second.code, second.out],
      [0, 'Opened in your browser: Encrypt the orders database\nSuggested reviewers: ada, acme/platform-seniors.\n'],
    );
    assert.deepEqual(opened, [(await json()).url]);
  });

  itInFull('prints the address when no browser can be started', async () => {
    await story();
    await repository.git('push', '--quiet', '-u', 'origin', 'feature/encrypt');
    const { terminal: given, said } = terminal();
    const verb = reviewVerb({
      isTerminal: () => true,
      open: (url) => openInBrowser(url, [[repository.outside('no-such-program')], ['false']]),
    });
    const code = await verb.run({
      terminal: given,
      positionals: [],
      values: {},
      json: false,
      repository: () => repository.repository(),
      verb: () => Promise.resolve(undefined),
    });
    assert.equal(code, 0);
    assert.match(
      said.out,
      /^No browser could be started here\. Open this page:\n\nhttps:\/\/github\.com\/acme\/shop\/compare\//,
    );
  });

  it('passes the address to the browser as one word, and opens web pages only', async () => {
    const mark = repository.outside('words');
    const opener = [
      'node',
      '-e',
      `require('fs').writeFileSync(${JSON.stringify(mark)}, JSON.stringify(process.argv.slice(1)))`,
    ];
    const url = 'https://github.com/a/b?x=1&y=$(touch%20z);`id`';
    assert.equal(await openInBrowser(url, [opener]), true);
    assert.equal(repository.read('../words'), JSON.stringify([url]));
    for (const other of ['file:///etc/passwd', 'javascript:alert(1)', '--help', 'calc.exe'])
      assert.equal(await openInBrowser(other, [opener]), false);
  });

  it('uses the built-in policy when the base has none, and says so', async () => {
    await story(null);
    const { code, out, err } = await linekeeper(['review', '--json']);
    assert.equal(code, 0);
    assert.match(err, /There is no policy \(\.linekeeper\.yml\).*Until then this goes by the built-in policy\./s);
    assert.match((JSON.parse(out) as Json).body, /1 line changed by AI in critical/);
  });

  itInFull('goes to the forge and base of its options', async () => {
    await story();
    await repository.git('config', 'remote.origin.url', 'https://git.example.com/acme/shop.git');
    const unknown = await linekeeper(['review', '--json']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /The name git\.example\.com doesn't say which Git host it is.*--forge github/);
    const { url } = await json('--forge', 'gitlab', '--base', 'main');
    assert.match(url, /^https:\/\/git\.example\.com\/acme\/shop\/-\/merge_requests\/new\?/);
  });

  for (const [words, says] of [
    [['--forge', 'sourceforge'], /--forge takes one of github, gitlab/],
    [['--base', 'nowhere'], /no branch nowhere/],
    [['twice'], /takes no "twice"/],
  ] as const) {
    itInFull(`exits 2 with ${words.join(' ')}`, async () => {
      await story();
      const { code, out, err } = await linekeeper(['review', ...words]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
    });
  }

  it('exits 2 without a remote, and says how to add one', async () => {
    repository.write('a', '1\n');
    await repository.commit('Start');
    const { code, err } = await linekeeper(['review', '--json']);
    assert.equal(code, 2);
    assert.match(err, /^linekeeper: This repository has no remote\. "git remote add origin/);
  });

  it('exits 2 on a detached HEAD, and says how to create a branch', async () => {
    repository.write('a', '1\n');
    await repository.commit('Start');
    await repository.git('checkout', '--quiet', '--detach');
    const { code, err } = await linekeeper(['review']);
    assert.deepEqual([code, err], [2, 'linekeeper: No branch is checked out. Create one first: git switch -c NAME\n']);
  });
});
