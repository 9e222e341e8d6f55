/** GitLab, Azure, CircleCI, Bitbucket and Jenkins pipelines. */
import {
  compare,
  entriesOf,
  get,
  gone,
  isYes,
  itemsOf,
  on,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Tree,
} from '../../tree';
import { noticeSetting } from '../../rows/settings';
import type { Change, Noticed } from '../../types';
import { noticeScripts, type NoticeScript, type Script } from '../scripts';
import { CHECKS, DEPLOYS, label } from '../../ci-words';

const RULE = 'permissions/ci-gate';

export const isOther = (path: string): boolean =>
  /(?:^|\/)(?:\.gitlab-ci[^/]*\.ya?ml|\.gitlab\/.*\.ya?ml|[^/]*\.gitlab-ci\.ya?ml|azure-pipelines[^/]*\.ya?ml|\.azure(?:-pipelines|devops)?\/.*\.ya?ml|\.circleci\/config\.ya?ml|bitbucket-pipelines\.ya?ml|buildspec[^/]*\.ya?ml|\.drone\.ya?ml|\.woodpecker(?:\/[^/]*)?\.ya?ml|cloudbuild[^/]*\.ya?ml)$/i.test(
    path,
  );
export const isJenkins = (path: string): boolean => /(?:^|\/)Jenkinsfile(?:\.[\w-]+)?$|\.jenkinsfile$/i.test(path);

export function noticeOther(change: Change, shell: NoticeScript): readonly Noticed[] {
  const sides = sidesOf(change);
  const [before, after] = [sides?.before[0], sides?.after[0]];
  if (after === undefined) return [];
  const found: Noticed[] = [];
  if (/gitlab/i.test(change.path))
    for (const [id, job] of entriesOf(after)) found.push(...gitlabJob(id, get(before, id), job));
  compare(before, after, (pair) => found.push(...noticeSetting('pipeline', pair, { it: '' })));
  return [...found, ...noticeScripts(scriptsOf(before), scriptsOf(after), shell)];
}

const SCRIPTS = new Set([
  'script',
  'before_script',
  'after_script',
  'run',
  'command',
  'commands',
  'bash',
  'inlineScript',
]);

/** Script lines wherever they are: items of `script:`, and the texts of `run:` and `bash:`. */
function scriptsOf(tree: Tree | undefined): readonly Script[] {
  const found: Script[] = [];
  compare(undefined, tree, ({ key, after }) => {
    if (!SCRIPTS.has(key)) return;
    for (const item of itemsOf(after)) if (item.text !== null) found.push({ text: item.text, line: item.textLine });
  });
  return found;
}

function gitlabJob(id: string, was: Tree | undefined, job: Tree): readonly Noticed[] {
  if (was === undefined || job.map === null || same(was, job)) return [];
  const found: Noticed[] = [];
  const [old, now] = [manualOf(was), manualOf(job)];
  if (old !== undefined && now === undefined) {
    const when = get(job, 'when');
    found.push(
      when === undefined
        ? gone(RULE, old, `Job ${label(id)} starts by itself: the manual step is removed.`)
        : on(RULE, when, `Job ${label(id)} starts by itself: it is no longer manual.`),
    );
  }
  const [environment, left] = [get(was, 'environment'), get(job, 'environment')];
  if (environment !== undefined && left === undefined)
    found.push(gone(RULE, environment, `Job ${label(id)} runs without the rules of its environment.`));
  const allow = get(job, 'allow_failure');
  if (allow !== undefined && isYes(allow) && !isYes(get(was, 'allow_failure')) && now === undefined)
    found.push(on(RULE, allow, `Job ${label(id)} passes even when it fails (allow_failure).`));
  if (found.length === 0 && DEPLOYS.test(`${id} ${textAt(job, 'stage') ?? ''}`)) {
    for (const key of ['rules', 'only', 'except', 'needs', 'dependencies']) {
      const [one, other] = [get(was, key), get(job, key)];
      if (
        one !== undefined &&
        other === undefined &&
        get(job, 'extends') === undefined &&
        (key !== 'only' || get(job, 'rules') === undefined) &&
        (key !== 'needs' || textsOf(one).some((name) => CHECKS.test(name))) &&
        key !== 'dependencies'
      )
        found.push(gone(RULE, one, `Job ${label(id)} runs in more cases: its ${key} are removed.`));
    }
    const needs = get(job, 'needs');
    if (needs?.list?.length === 0 && (get(was, 'needs')?.list?.length ?? 1) > 0)
      found.push(on(RULE, needs, `Job ${label(id)} no longer waits for the stages before it (needs: []).`));
  }
  return found;
}

/** Where a job requires a person to start it. */
function manualOf(job: Tree): Tree | undefined {
  const when = get(job, 'when');
  if (when?.text === 'manual') return when;
  return itemsOf(get(job, 'rules'))
    .map((rule) => get(rule, 'when'))
    .find((one) => one?.text === 'manual');
}

/** Jenkins: a step in which a person approves. Groovy is not parsed as a whole; such a step is a line of its own. */
export function noticeJenkins({ before, after }: Change, shell: NoticeScript): readonly Noticed[] {
  if (after === null) return [];
  const [old, now] = [(before ?? '').split('\n'), after.split('\n')];
  const asks = (line: string): boolean =>
    /(?:^|[{;])\s*input\s*(?:\(|\{|["']|message\b|id\b)/.test(line.slice(0, 500)) && !/^\s*(?:\/\/|\*)/.test(line);
  const found: Noticed[] = [];
  if (old.filter(asks).length > now.filter(asks).length) {
    const at = old.findIndex((line) => asks(line) && !now.includes(line));
    if (at !== -1)
      found.push(gone(RULE, { line: at + 1 }, 'Nobody has to approve this any more: the input step is removed.'));
  }
  return [...found, ...noticeScripts(jenkinsScripts(before ?? ''), jenkinsScripts(after), shell)];
}

/** `sh '…'`, `sh "…"` and `sh '''…'''`. */
function jenkinsScripts(text: string): readonly Script[] {
  const found: Script[] = [];
  let line = 1;
  let from = 0;
  for (const match of text
    .slice(0, 300_000)
    .matchAll(/\bsh(?:\s*\(\s*(?:script:\s*)?|\s+)('''|"""|'|")([\s\S]{0,10000}?)\1/g)) {
    for (let at = text.indexOf('\n', from); at !== -1 && at < match.index; at = text.indexOf('\n', from)) {
      line += 1;
      from = at + 1;
    }
    const above = match[0].slice(0, match[0].indexOf(match[1] ?? '')).split('\n').length - 1;
    found.push({ text: match[2] ?? '', line: line + above });
  }
  return found;
}
