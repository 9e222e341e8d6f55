/** What an assistant waits for when it reports an edit, against a Node that does nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { openJournal } from '../../src/provenance/journal';
import { sample, sampleFile, type Payload } from '../support/samples';
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { linesOf, withOneEdit } from './repositories';
import { rowsOf, type Row } from './rows';

const LINES = 2000;
const TRANSCRIPT_BYTES = 2 * 1024 * 1024;

export async function measureRecording(rounds: number): Promise<Row[]> {
  const generic = await contenderOf('generic', 'record generic, after', (test, event, turn) => ({
    version: 1,
    event,
    id: `edit-${String(turn)}`,
    author: 'ai',
    tool: 'some-tool',
    model: 'model-1',
    session: 'session-1',
    cwd: test.root,
    files: ['big.ts'],
  }));
  const claude = await contenderOf('claude-code', 'record claude-code, after', claudePayload);
  const before = await contenderOf('claude-code', 'record claude-code, before', claudePayload, 'before');
  const times = await inTurns([emptyNode(await TestRepository.create()), generic, before, claude], rounds);
  return rowsOf('Record', times, [
    {
      what: `\`record generic\`, after one edit in ${LINES.toLocaleString('en')} lines`,
      of: 'record generic, after',
      against: ['node -e 0'],
      budget: 1.5,
    },
    {
      what: '`record claude-code`, before the same edit',
      of: 'record claude-code, before',
      against: ['node -e 0'],
      budget: 1.5,
    },
    { what: '`record claude-code`, after it', of: 'record claude-code, after', against: ['node -e 0'], budget: 1.5 },
  ]);
}

type PayloadOf = (test: TestRepository, event: 'before' | 'after', turn: number) => Payload;

/** One repository in which the same assistant edits a file again and again, as in a long session. */
async function contenderOf(
  assistant: string,
  name: string,
  payload: PayloadOf,
  timed: 'before' | 'after' = 'after',
): Promise<Contender> {
  const test = await TestRepository.create();
  test.write('big.ts', linesOf(LINES).join(''));
  await test.commit('Start');
  writeFileSync(test.outside('transcript.jsonl'), longTranscript());
  const journal = openJournal(test.repository().gitDir, Date.now);
  const report = (event: 'before' | 'after', turn: number): string =>
    call({
      program: process.execPath,
      words: [CLI, 'record', assistant],
      cwd: test.root,
      env: test.env,
      input: JSON.stringify(payload(test, event, turn)),
    });
  const edit = (turn: number): void => test.write('big.ts', withOneEdit(test.read('big.ts'), turn));
  let records = 0;
  return {
    name,
    prepare: (turn) => {
      if (timed === 'after') {
        report('before', turn);
        edit(turn);
      }
      records = journal.names().length;
    },
    run: (turn) => void report(timed, turn),
    verify: (turn) => {
      const last = journal.read().at(-1)?.record;
      const right =
        timed === 'after'
          ? last?.kind === 'edit' && last.files.length === 1 && last.closes !== undefined
          : last?.kind === 'seen' && last.opens !== undefined;
      if (journal.names().length <= records || !right)
        throw new Error(`${name}: a call that is measured has left the record ${JSON.stringify(last)}`);
      if (timed === 'before') {
        edit(turn);
        report('after', turn);
      }
    },
  };
}

function claudePayload(test: TestRepository, event: 'before' | 'after', turn: number): Payload {
  const payload = sample('claude-code/session', event === 'before' ? 'PreToolUse' : 'PostToolUse', 'Edit');
  const input = {
    file_path: test.at('big.ts'),
    old_string: `old${String(turn)}`,
    new_string: `new${String(turn)}`,
    replace_all: false,
  };
  const answer = {
    filePath: input.file_path,
    oldString: input.old_string,
    newString: input.new_string,
    originalFile: test.read('big.ts'),
    structuredPatch: [],
    userModified: false,
    replaceAll: false,
  };
  return {
    ...payload,
    cwd: test.root,
    transcript_path: test.outside('transcript.jsonl'),
    tool_use_id: `call-${String(turn)}`,
    tool_input: input,
    ...(event === 'after' ? { tool_response: answer } : {}),
  };
}

function longTranscript(): string {
  const text = readFileSync(sampleFile('claude-code/transcript.jsonl'), 'utf8');
  return text.repeat(Math.ceil(TRANSCRIPT_BYTES / text.length));
}
