import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asAda, indented } from '../after-merge';
import { cloneOf, FETCH_NOTES, type Place } from '../clones';
import { flat, LESSON, NOTE, TIDY_UP, WRONG_STACK } from '../morning-after';
import { ADA, BEN, CLEO, JUNE } from '../sample';

/** What fits on a screen. */
const SCREEN = 40;

export const answered = {
  title: 'Cleo, who answers for the service, has only her own clone and "git fetch": each question has one screen',
  async play(place: Place): Promise<string[]> {
    const { later } = place;
    assert.ok(later.run);
    // Where the story has no release before this, the evidence begins before the policy was changed.
    later.good ??= cloneOf(place, BEN).git('rev-parse', 'HEAD~1');
    const commit = await committed(place);
    await merged(place, commit);
    const id = await written(place);

    const cleo = cloneOf(place, CLEO);
    cleo.git(...FETCH_NOTES);
    const linekeeper = place.linekeeper.at(cleo.root, cleo.env);
    const screens: string[] = [];
    const ask = async (question: string, words: readonly string[], from = ''): Promise<string> => {
      const all = (await linekeeper.text(...words)).trimEnd();
      const answer = all.slice(all.indexOf(from));
      const lines = answer.split('\n');
      assert.ok(lines.length <= SCREEN, `${words.join(' ')} has ${String(lines.length)} lines:\n${answer}`);
      screens.push(
        ...(screens.length > 0 ? [''] : []),
        `${question} linekeeper ${words.join(' ')}`,
        ...indented(answer),
      );
      return flat(answer);
    };

    const ran = await ask('Who asked, what was run, who approved?', ['trace', '--run', later.run.id]);
    assert.match(ran, /terraform destroy in infra\/prod/);
    assert.match(ran, new RegExp(`asked for by ${JUNE.email}.*\\(${TIDY_UP.reason}\\)`));
    assert.match(ran, new RegExp(`approved by ${ADA.email}.*signature checked`));

    const lines = await ask('Which lines are its?', ['show', commit.slice(0, 12)]);
    assert.ok(lines.includes(NOTE.path), lines);
    assert.match(lines, /added 3 AI; removed nothing/);

    const traced = await ask('What was it told, and where did that go?', ['trace', commit.slice(0, 12)]);
    assert.ok(traced.includes(TIDY_UP.prompt), traced);
    assert.ok(traced.includes(later.run.session), traced);
    assert.match(traced, /merged in .*#42/);
    assert.match(traced, /production since/);

    const learnt = await ask('What was learnt?', ['incident', 'show', id], '## What agents ran');
    assert.ok(learnt.includes(LESSON), learnt);
    assert.match(learnt, /approved by ada@example\.com/);
    return screens;
  },
};

/** June commits what the agent left, and pushes it with all that is known of it. */
async function committed(place: Place): Promise<string> {
  const { sample, editor, linekeeper } = place;
  const { env } = asAda(place);
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: sample.root, encoding: 'utf8', env: { ...env, HOME: editor.home } }).trim();
  git('add', '--', NOTE.path);
  git('commit', '--quiet', '--message', NOTE.subject);
  git('push', '--quiet', 'origin', 'HEAD:refs/heads/tidy-up');
  // What the policy keeps of prompts goes along with the commit's note.
  await linekeeper.text('prompts', 'list');
  await linekeeper.text('prompts', 'push');
  await linekeeper.text('notes', 'push');
  return git('rev-parse', 'HEAD');
}

/** Ada merges it, and it goes to production. */
async function merged(place: Place, commit: string): Promise<void> {
  const { git, root, env } = asAda(place);
  git('fetch', '--quiet', 'origin');
  git('merge', '--quiet', '--no-ff', '--message', 'Merge pull request #42 from acme/tidy-up', commit);
  git('push', '--quiet', 'origin', 'HEAD:main');
  git(...FETCH_NOTES);
  const linekeeper = place.linekeeper.at(root, env);
  await linekeeper.text('deploy', 'record', '--stage', 'production', '--ref', 'HEAD');
  await linekeeper.text('notes', 'push');
}

/** Ben writes down what was learnt, into the incident that he began; gives its id. */
async function written(place: Place): Promise<string> {
  const { git, root, env } = cloneOf(place, BEN);
  const { incidents } = await place.linekeeper.at(root, env).json<{
    readonly incidents: readonly { readonly id: string; readonly title: string; readonly file: string }[];
  }>('incident', 'list');
  const begun = incidents.find(({ title }) => title === WRONG_STACK);
  assert.ok(begun);
  const file = path.join(root, begun.file);
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes('lessons: []'), text);
  writeFileSync(file, text.replace('lessons: []', `lessons:\n  - path: infra/prod/**\n    message: ${LESSON}`));
  git('add', '--', begun.file);
  git('commit', '--quiet', '--message', 'Keep what the morning after taught');
  git('pull', '--quiet', '--rebase', 'origin', 'main');
  git(...FETCH_NOTES);
  git('push', '--quiet', 'origin', 'HEAD:main');
  return begun.id;
}
