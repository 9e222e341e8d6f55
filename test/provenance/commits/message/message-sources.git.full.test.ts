/**
 * Every way in which a message comes to a commit, done twice: in a repository without us, and in one with an AI line to
 * tell of. Both must end alike, but for our trailers: last, in the only trailer block, and nobody else's byte touched.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prepareAnswer } from '../../../../src/provenance/commits';
import { withTrailers } from '../../../../src/provenance/commits/message/trailers';
import { askJson } from '../../../support/product';
import type { RunResult } from '../../../support/repository';
import { tick } from '../../../support/worker';
import { assertOnlyOurs, OURS, parsed, Twin, type Situation } from '../../../support/commit-messages';

const SCISSORS = '------------------------ >8 ------------------------';
const WRITE =
  'printf "%s\\n\\n%s\\n" "Written in the editor" "With a body." >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"';
const PREPEND = 'printf "Written in the editor" >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"';

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'a subject with -m': { args: ['-m', 'Subject'] },
  'several -m': { args: ['-m', 'Subject', '-m', 'Body', '-m', 'More'] },
  'a subject that looks like a trailer': { args: ['-m', 'feat: thing'] },
  'a subject of two lines that look like trailers': { args: ['-m', 'feat: thing\nSigned-off-by: A <a@b.c>'] },
  'a message that ends in trailers': { args: ['-m', 'Subject\n\nBody\n\nReviewed-by: R <r@example.com>\nFixes: #12'] },
  'trailers with continuation lines': { args: ['-m', 'Subject\n\nNote: a long\n  value\nFixes: 3'] },
  'a sign-off': { args: ['-m', 'Subject', '-s'] },
  'a sign-off under other text': {
    args: ['-m', 'Subject\n\nsome text\nsome more text\nSigned-off-by: Ada <ada@example.com>'],
  },
  'a sign-off under a list': {
    args: ['-m', 'Subject\n\nBody\n\n- one\n- two\n- three\n- four\nSigned-off-by: Ada <ada@example.com>'],
  },
  '--trailer': { args: ['-m', 'Subject', '--trailer', 'Acked-by: B <b@example.com>'] },
  'a message that ends in text with a colon': { args: ['-m', 'Subject\n\nNote: this is\njust text: really'] },
  'a message that ends in an address': { args: ['-m', 'Subject\n\nSee\nhttps://example.com/x'] },
  'a message that ends in quoted text': {
    args: ['-m', 'Subject\n\nAs they said:\n\n> Signed-off-by: Nobody <n@example.com>\n> AI-Lines: +9 -9 of +9 -9'],
  },
  'a message that says something else in trailers of its own': { args: ['-m', 'Subject\n\nFixes: 3\nAI-Lines: many'] },
  'a message that ends in indented text': { args: ['-m', 'Subject\n\nLog:\n\n    Fixes: 3\n    AI-Lines: +1'] },
  'a hand-written Assisted-by': { args: ['-m', 'Subject\n\nAssisted-by: Jane'] },
  'a --- line': { args: ['-m', 'Subject\n\nBody\n---\nnot for the log\n'] },
  'a --- line and trailers after it': { args: ['-m', 'Subject\n\nBody\n---\n\nFixes: 3'] },
  'trailers and a --- line after them': { args: ['-m', 'Subject\n\nFixes: 3\n\n--- \n a.txt | 2 +-'] },
  'a Conflicts: block': { args: ['-m', 'Subject\n\nBody\n\nConflicts:\n\ta.txt'] },
  'lines that start with # and stay': { args: ['-m', 'Subject\n\n#12: mended\nText'] },
  'a message that ends in lines with # that stay': { args: ['-m', 'Subject\n\nText\n#12 and\n#13'] },
  'a # line inside trailers': { args: ['-m', 'Subject\n\nFixes: 3\n# between\nCloses: 4'] },
  'only a # line that stays': { args: ['-m', '#12'] },
  'only comments, stripped': { args: ['--cleanup=strip', '-m', '# one\n# two'], none: true },
  'comments among text, stripped': { args: ['--cleanup=strip', '-m', 'Subject\n# one\n\n# two\nBody\n# three'] },
  'only comments, stripped by configuration': {
    args: ['-m', '# one'],
    config: [['commit.cleanup', 'strip']],
    none: true,
  },
  'an empty message': { args: ['-m', ''], none: true },
  'an empty message that is allowed': { args: ['-m', '', '--allow-empty-message'], none: true },
  'a sign-off and not a word': { args: ['-m', '', '-s'], none: true },
  'a sign-off and not a word, allowed': { args: ['-m', '', '-s', '--allow-empty-message'], none: true },
  "nothing but a sign-off of one's own": { args: ['-m', 'Signed-off-by: A <a@b.c>'], none: true },
  'a sign-off, and the words taken out in the editor': {
    args: ['-m', 'Subject', '-s', '-e'],
    editor: 'sed -i "/Subject/d" "$1"',
    none: true,
  },
  'the words taken out in the editor': {
    args: ['-m', 'Subject', '-e'],
    editor: 'sed -i "/Subject/d" "$1"',
    none: true,
  },
  'a scissors line that goes with the comments': { args: ['--cleanup=strip', '-m', `Subject\n\n# ${SCISSORS}\nText`] },
  'a scissors line that stays': { args: ['-m', `Subject\n\n# ${SCISSORS}\nText`], kept: true },
  'blank lines everywhere': { args: ['-m', '\n\n\nSubject\n\n\n\nBody  \n\n\n'] },
  'a sentence of one long line': { args: ['-m', 'word '.repeat(4000)] },
  'a control character': { args: ['-m', 'Sub\u0007ject'] },
  'letters of all the world': { args: ['-m', 'Prüfung der 税 🦀\u202e\n\nText'] },
  '-F': { args: ['-F', 'message'], files: { message: 'Subject\n\nBody' } },
  '-F in another encoding': {
    args: ['-F', 'message'],
    config: [['i18n.commitEncoding', 'ISO-8859-1']],
    files: { message: Buffer.from('Pr\xfcfung\n\nGr\xf6\xdfe\n', 'latin1') },
  },
  '-F with CRLF': { args: ['-F', 'message'], files: { message: 'Subject\r\n\r\nBody\r\n\r\nFixes: 3\r\n' } },
  '-F with CRLF, verbatim': {
    args: ['--cleanup=verbatim', '-F', 'message'],
    files: { message: 'Subject\r\n\r\nBody\r\n\r\nFixes: 3\r\n' },
  },
  '-F with CRLF and no trailers, verbatim': {
    args: ['--cleanup=verbatim', '-F', 'message'],
    files: { message: 'Subject\r\n\r\nBody\r\n' },
  },
  'verbatim, with blank lines': {
    args: ['--cleanup=verbatim', '-F', 'message'],
    files: { message: '\n\nSubject\n\n\nBody  \n\n\n' },
  },
  'verbatim, without a line break at its end': {
    args: ['--cleanup=verbatim', '-F', 'message'],
    files: { message: 'Subject\n\nFixes: 3' },
  },
  'white space only': { args: ['--cleanup=whitespace', '-m', 'Subject  \n\n# kept\n'] },
  'a body written in the editor': { editor: WRITE },
  'a subject written in the editor': { editor: PREPEND },
  'the editor closed without a word': { none: true },
  'the editor closed without a word, and that allowed': { args: ['--allow-empty-message'], none: true },
  'the editor closed on an emptied file': { editor: ': >"$1"', none: true },
  'the editor closed without a word, verbosely': { args: ['-v'], none: true },
  'a body written in the editor, verbosely': { args: ['-v'], editor: WRITE },
  'a body written in the editor, very verbosely by configuration': { config: [['commit.verbose', '2']], editor: WRITE },
  'a first word that is a mark of comments elsewhere': {
    editor: 'printf "%s\\n" "! important" >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"',
  },
  '-m and the editor': { args: ['-m', 'Subject\n\nFixes: 3', '-e'] },
  '-m and the editor, with more words at the end': {
    args: ['-m', 'Subject', '-e'],
    editor: 'printf "%s\\n" "" "Tail: yes" >>"$1"',
  },
  '-F and the editor': { args: ['-F', 'message', '-e'], files: { message: 'Subject\n\nBody\n# gone\n' } },
  'another comment character': { config: [['core.commentChar', ';']], editor: WRITE },
  'another comment character, nothing written': { config: [['core.commentChar', ';']], none: true },
  'a comment character chosen by git': { args: ['-m', '# Heading', '-e'], config: [['core.commentChar', 'auto']] },
  'a comment character chosen by git, verbosely': {
    args: ['-m', '# Heading\n\n; text', '-e', '-v'],
    config: [['core.commentChar', 'auto']],
  },
  'a comment character chosen by git, with trailers': {
    args: ['-m', '# Heading\n\nFixes: 3', '-e'],
    config: [['core.commentChar', 'auto']],
  },
  'a template, edited': {
    config: [['commit.template', 'template']],
    files: { template: '\n# What and why?\n\nTicket: \n' },
    editor: PREPEND,
  },
  'a template, left as it is': {
    config: [['commit.template', 'template']],
    files: { template: 'What?\n\nTicket: \n' },
    none: true,
  },
  'a template given by -t, left as it is': {
    args: ['-t', 'template'],
    files: { template: 'What?\n\nTicket: \n' },
    none: true,
  },
  'a template of comments, left as it is': { args: ['-t', 'template'], files: { template: '# What?\n' }, none: true },
  'a template given by -t, edited': {
    args: ['-t', 'template'],
    files: { template: 'What?\n\nTicket: \n' },
    editor: 'sed -i "s/What?/This/;s/Ticket: .*/Ticket: 12/" "$1"',
  },
  'comments kept in the editor (whitespace)': { config: [['commit.cleanup', 'whitespace']], editor: PREPEND },
  'comments kept in the editor (whitespace), nothing written': {
    config: [['commit.cleanup', 'whitespace']],
    none: true,
  },
  'comments kept in the editor (verbatim)': { config: [['commit.cleanup', 'verbatim']], editor: PREPEND },
  scissors: { config: [['commit.cleanup', 'scissors']], editor: WRITE },
  'scissors, nothing written': { config: [['commit.cleanup', 'scissors']], none: true },
  "scissors, and # lines of the person's": {
    args: ['--cleanup=scissors', '-m', 'Subject\n\n# a heading\n\nText\n# the end', '-e'],
  },
  'scissors without the editor': { args: ['--cleanup=scissors', '-m', 'Subject\n\n# a heading'] },
  "the user's configuration of trailers": {
    args: ['-m', 'Subject\n\nBody'],
    config: [
      ['trailer.separators', '=#'],
      ['trailer.where', 'start'],
      ['trailer.ifmissing', 'doNothing'],
      ['trailer.ifexists', 'doNothing'],
      ['trailer.ai.key', 'AI-Lines'],
      ['trailer.ai.command', 'echo no'],
    ],
  },
  "the user's configuration of trailers, under trailers": {
    args: ['-m', 'Subject\n\nFixes: 3'],
    config: [
      ['trailer.where', 'before'],
      ['trailer.separators', '%='],
      ['trailer.fix.key', 'Fixes'],
      ['trailer.fix.ifexists', 'replace'],
    ],
  },
  '--no-status': { args: ['--no-status'], editor: WRITE },
  'no status by configuration, nothing written': { config: [['commit.status', 'false']], none: true },
  'another language': { env: { LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' }, editor: WRITE },
};

describe('trailers added to random messages', () => {
  const fragment = fc.constantFrom(
    '',
    '',
    '',
    ' ',
    'text',
    'Fixes: 3',
    'Fixes: 3',
    'Note : x',
    'Signed-off-by: A <a@b.c>',
    '(cherry picked from commit abc)',
    '  continued',
    '\tmore',
    '- item',
    '> Fixes: 3',
    '---',
    '--- a',
    'a b: c',
    ': x',
    '-: x',
    'https://x.y',
    'Ticket: ',
    'Key:',
    'key=value',
    'ünï: x',
    'a.b: c',
    'Fixes #3',
    '\r',
  );
  const message = fc
    .tuple(fc.array(fragment, { maxLength: 10 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, newline, open]) => `Subject${newline}${lines.join(newline)}${open ? '' : newline}`);

  it('are read by git interpret-trailers as the old ones followed by ours', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(message, async (text) => {
        const trailers = OURS.map((line) => ({ key: line.split(': ')[0] ?? '', value: line.split(': ')[1] ?? '' }));
        const bytes = (of: string): string => Buffer.from(of).toString('latin1');
        const result = withTrailers(text, trailers, { comment: null, takes: 'nothing', former: [], evenEmpty: false });
        assert.deepEqual(
          await parsed(bytes(result)),
          [...(await parsed(bytes(text))), ...OURS],
          JSON.stringify(result),
        );
      }),
      { numRuns: Number(process.env['LINEKEEPER_MESSAGES'] ?? 150) },
    );
  });
});

describe('git commit with our hooks, compared with plain git:', () => {
  let plain: Twin;
  let ours: Twin;
  before(async () => {
    [plain, ours] = await Promise.all([Twin.create(false), Twin.create(true)]);
  });
  after(async () => {
    await plain.test.dispose();
    await ours.test.dispose();
  });

  const both = <T>(work: (twin: Twin) => Promise<T>): Promise<[T, T]> => Promise.all([work(plain), work(ours)]);

  for (const [name, situation] of Object.entries(SITUATIONS)) {
    it(`the message gets our trailers and nothing else: ${name}`, async () => {
      const [there, here] = await both(async (twin): Promise<RunResult> => {
        for (const [file, text] of Object.entries(situation.files ?? {})) twin.test.write(file, text);
        await twin.work();
        const before = await twin.head();
        const result = await twin.run(['commit', '-a', ...(situation.args ?? [])], situation);
        if ((await twin.head()) === before) await twin.run(['commit', '-qam', 'aside']);
        return result;
      });
      assert.equal(here.code, there.code, here.stderr);
      const without = (text: string): string => text.replace(/^\[.*$/gm, '').replace(/^ Date: .*$/gm, '');
      assert.equal(without(here.stderr), without(there.stderr));
      const [wanted, got] = [await plain.message(), await ours.message()];
      if (there.code !== 0) return; // committed aside, and looked at by another test
      if (situation.none) assert.equal(got, wanted);
      else if (
        situation.kept ||
        situation.config?.some(([key, value]) => key === 'commit.cleanup' && value !== 'scissors' && value !== 'strip')
      )
        await assertKept(got, wanted);
      else await assertOnlyOurs(got, wanted);
    });
  }

  /**
   * git keeps its own hints, or a scissors line, as text here; our trailers stand above them, as a sign-off would, and
   * `show` reads them there.
   */
  async function assertKept(got: string, wanted: string): Promise<void> {
    assert.deepEqual((await parsed(got)).slice(-OURS.length), OURS);
    assert.deepEqual(
      Object.values(
        (await askJson<{ trailers: Readonly<Record<string, readonly string[]>> }>(ours.test, 'show')).trailers,
      ).flat(),
      OURS.map((line) => line.replace(/^.*?: /, '')),
    );
    const lines = got.split('\n');
    const at = lines.indexOf(OURS[0] ?? '');
    assert.deepEqual(lines.slice(at, at + OURS.length), OURS);
    const squeezed = (list: readonly string[]): string[] => list.filter((line) => line !== '');
    assert.deepEqual(squeezed([...lines.slice(0, at), ...lines.slice(at + OURS.length)]), squeezed(wanted.split('\n')));
  }

  /**
   * What a person does with commits that exist; gives the revisions whose messages are compared, and their AI lines.
   */
  type Story = (twin: Twin) => Promise<readonly (readonly [revision: string, lines: string | null])[]>;
  const ONE = '+1 -1 of +1 -1';
  const TWO = '+2 -2 of +2 -2';
  const commit = async (twin: Twin, message: string, file = 'a.txt'): Promise<void> => {
    await twin.work(file);
    await twin.test.git('commit', '-qam', message);
  };
  const STORIES: Readonly<Record<string, Story>> = {
    'amended without a word': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--amend', '--no-edit']);
      return [['HEAD', TWO]];
    },
    'amended in the editor': async (twin) => {
      await commit(twin, 'First\n\nBody');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--amend'], { editor: 'sed -i "1s/First/Second/" "$1"' });
      return [['HEAD', TWO]];
    },
    'amended in the editor, verbosely, and left as it is': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.run(['commit', '-qv', '--amend']);
      return [['HEAD', ONE]];
    },
    'amended with a message that ends in # lines': async (twin) => {
      await commit(twin, 'First\n\nText\n#12\n#13');
      await twin.run(['commit', '-q', '--amend', '--no-edit']);
      return [['HEAD', ONE]];
    },
    'amended with a new message': async (twin) => {
      await commit(twin, 'First');
      await twin.run(['commit', '-q', '--amend', '-m', 'Other\n\nSigned-off-by: A <a@b.c>']);
      return [['HEAD', ONE]];
    },
    'amended with a sign-off': async (twin) => {
      await commit(twin, 'First');
      await twin.run(['commit', '-q', '--amend', '--no-edit', '-s']);
      return [['HEAD', ONE]];
    },
    'amended by an assistant that named no model before': async (twin) => {
      await twin.work('a.txt', '');
      await twin.test.git('commit', '-qam', 'First\n\nFixes: 3');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--amend', '--no-edit']);
      return [['HEAD', TWO]];
    },
    'amended, with a name of the assistant that it wrote itself': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.work('b.txt');
      const named = twin === ours ? 'Assisted-by: claude-code\n' : '';
      await twin.run(['commit', '-qa', '--amend', '-m', `First\n\n${named}Fixes: 3`]);
      return [['HEAD', TWO]];
    },
    'amended to nothing of ours': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.test.git('checkout', '-q', 'HEAD~', '--', 'a.txt');
      twin.test.write('c.txt', `${String(Math.random())}\n`);
      await twin.test.git('add', '-A');
      await twin.run(['commit', '-q', '--amend', '--no-edit']);
      return [['HEAD', null]];
    },
    'made again from another with -C and -c': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '-C', 'HEAD']);
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '-c', 'HEAD'], { editor: 'sed -i "1s/First/Again/" "$1"' });
      return [
        ['HEAD~', ONE],
        ['HEAD', ONE],
      ];
    },
    'amended, with lines of a person under the names of ours': async (twin) => {
      await commit(twin, 'First\n\nAssisted-by: Jane\nAI-Lines: lots of them\nAI-Risk: Mine');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--amend', '--no-edit']);
      return [['HEAD', TWO]];
    },
    'a fixup with a new message, and squashed': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--fixup', 'amend:HEAD'], { editor: 'sed -i "s/Fixes: 3/Fixes: 4/" "$1"' });
      const fixup = await twin.head();
      await twin.run(['rebase', '-qi', '--autosquash', 'HEAD~2']);
      return [
        [fixup, ONE],
        ['HEAD', TWO],
      ];
    },
    'reworded by a fixup': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.run(['commit', '-q', '--fixup=reword:HEAD'], { editor: 'sed -i "s/Fixes: 3/Fixes: 4/" "$1"' });
      const fixup = await twin.head();
      await twin.run(['rebase', '-qi', '--autosquash', 'HEAD~2']);
      return [
        [fixup, null],
        ['HEAD', ONE],
      ];
    },
    'a fixup, squashed': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--fixup', 'HEAD']);
      await twin.run(['rebase', '-qi', '--autosquash', 'HEAD~2']);
      return [['HEAD', TWO]];
    },
    "a fixup, squashed where a date of somebody's own is in the environment": async (twin) => {
      const env = { GIT_AUTHOR_DATE: '@1700000000 +0000' };
      await commit(twin, 'First\n\nFixes: 3');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--fixup', 'HEAD'], { env });
      await twin.run(['rebase', '-qi', '--autosquash', 'HEAD~2'], { env });
      return [['HEAD', TWO]];
    },
    'a squash, its message left as git makes it': async (twin) => {
      await commit(twin, 'First\n\nText');
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--squash', 'HEAD', '-m', 'More to say']);
      await twin.run(['rebase', '-qi', '--autosquash', 'HEAD~2']);
      return [['HEAD', TWO]];
    },
    'three squashed, with trailers of others': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await commit(twin, 'Second\n\nFixes: 4', 'b.txt');
      await commit(twin, 'Third\n\nBody\n\nFixes: 5');
      await twin.run(['-c', 'sequence.editor=sed -i "2,3s/^pick/squash/"', 'rebase', '-qi', 'HEAD~3'], {
        env: { GIT_SEQUENCE_EDITOR: 'sed -i "2,3s/^pick/squash/"' },
      });
      return [['HEAD', TWO]];
    },
    'squashed into what was amended on the way': async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await commit(twin, 'Second\n\nText');
      await twin.run(['rebase', '-qi', 'HEAD~2'], {
        env: { GIT_SEQUENCE_EDITOR: 'sed -i "1s/^pick/edit/;2s/^pick/squash/"' },
      });
      await twin.work('b.txt');
      await twin.run(['commit', '-qa', '--amend', '--no-edit']);
      await twin.run(['rebase', '--continue']);
      return [['HEAD', TWO]];
    },
    'squashed into what a command amended': async (twin) => {
      await twin.work('b.txt');
      await commit(twin, 'First\n\nFixes: 3');
      await commit(twin, 'Second\n\nText', 'b.txt');
      await twin.run(['rebase', '-qi', 'HEAD~2'], {
        env: { GIT_SEQUENCE_EDITOR: 'sed -i "1a exec git commit -q --amend --no-edit\n2s/^pick/squash/"' },
      });
      return [['HEAD', TWO]];
    },
    reworded: async (twin) => {
      await commit(twin, 'First\n\nFixes: 3');
      await commit(twin, 'Second', 'b.txt');
      await twin.run(['rebase', '-qi', 'HEAD~2'], {
        env: { GIT_SEQUENCE_EDITOR: 'sed -i "1s/^pick/reword/"' },
        editor: 'sed -i "1s/First/Reworded/" "$1"',
      });
      return [
        ['HEAD~', ONE],
        ['HEAD', ONE],
      ];
    },
    'cherry-picked, with -x and -e': async (twin) => {
      await twin.test.git('switch', '-qc', 'side');
      await commit(twin, 'First\n\nText');
      await commit(twin, 'Second\n\nFixes: 3', 'b.txt');
      await twin.test.git('switch', '-q', 'main');
      twin.test.write('c.txt', `${String(Math.random())}\n`);
      await twin.test.git('add', '-A');
      await twin.test.git('commit', '-qm', 'between');
      await twin.run(['cherry-pick', 'side~']);
      await twin.run(['cherry-pick', '-e', 'side'], { editor: 'sed -i "1s/Second/Picked/" "$1"' });
      await twin.test.git('branch', '-D', 'side');
      return [
        ['HEAD~', ONE],
        ['HEAD', ONE],
      ];
    },
    'merged by --squash': async (twin) => {
      await twin.test.git('switch', '-qc', 'side');
      await commit(twin, 'First\n\nText');
      await commit(twin, 'Second\n\nFixes: 3', 'b.txt');
      await twin.test.git('switch', '-q', 'main');
      await twin.run(['merge', '-q', '--squash', 'side']);
      await twin.run(['commit', '-q', '-m', 'All of side']);
      await twin.test.git('branch', '-D', 'side');
      return [['HEAD', TWO]];
    },
    'merged cleanly': async (twin) => {
      await twin.test.git('switch', '-qc', 'side');
      await commit(twin, 'First');
      await twin.test.git('switch', '-q', 'main');
      await commit(twin, 'Second', 'b.txt');
      await twin.run(['merge', '-q', 'side']);
      await twin.test.git('branch', '-D', 'side');
      return [['HEAD', null]];
    },
  };

  for (const [name, story] of Object.entries(STORIES)) {
    it(`the message keeps everybody else's text: ${name}`, async () => {
      const [there, here] = await both(story);
      for (const [i, [revision, lines]] of here.entries()) {
        const [wanted, got] = [await plain.message(there[i]?.[0]), await ours.message(revision)];
        if (lines === null) assert.equal(got, wanted);
        else await assertOnlyOurs(got, wanted, ['Assisted-by: claude-code:model-1', `AI-Lines: ${lines}`]);
      }
    });
  }

  /** Our program is gone: only what the shell can finish by itself gets trailers, and then the right ones. */
  it("the hook's shell finishes a prepared message like the program does, or leaves it alone", async function () {
    this.timeout(120_000);
    const hook = '.git/hooks/prepare-commit-msg';
    const whole = ours.test.read(hook);
    ours.test.write(hook, whole.replace(/lk_cli='.*'/, "lk_cli='/nowhere/cli.js'"));
    let finished = 0;
    let hour = 0;
    for (const [name, situation] of Object.entries(SITUATIONS)) {
      if (situation.args?.[0] !== '-m' || situation.args.includes('-e')) continue;
      // The shell leaves a commit of the same second as HEAD alone, since it may be an amend.
      const env = {
        ...situation.env,
        GIT_AUTHOR_DATE: `2026-01-${String(1 + Math.floor(++hour / 24)).padStart(2, '0')}T${String(hour % 24).padStart(2, '0')}:00:00Z`,
      };
      for (const [file, text] of Object.entries(situation.files ?? {})) ours.test.write(file, text);
      await Promise.all([plain.work(), ours.work()]);
      await prepareAnswer(
        ours.test.repository(),
        { choice: { assistedBy: true, lines: true, risk: true, session: false }, riskOf: () => null },
        { now: tick },
      );
      const [there, here] = await both((twin) =>
        twin.run(['commit', '-a', ...(situation.args ?? [])], { ...situation, env }),
      );
      assert.equal(here.code, there.code, name);
      if (there.code !== 0) continue;
      const [wanted, got] = [await plain.message(), await ours.message()];
      if (got === wanted) {
        if (!situation.none) assert.match(here.stderr, /^linekeeper: .* To take them out: .*\n/, name);
      } else {
        await assertOnlyOurs(got, wanted);
        finished++;
      }
    }
    ours.test.write(hook, whole);
    assert.ok(finished >= 5, `${String(finished)} messages were finished by the shell`);
  });
});
