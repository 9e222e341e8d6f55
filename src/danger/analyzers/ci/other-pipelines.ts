/** GitLab, Azure, CircleCI, Bitbucket and Jenkins pipelines. */
import { fileNamed, wordSet } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import {
  compare,
  entriesOf,
  get,
  isYes,
  itemsOf,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import type { Change, Noticed } from '../../types';
import type { OtherShell } from '../../shell';
import { hasDatabase, noticeScripts, shellNamed, type NoticeScript, type Script } from '../judge-new-embedded-scripts';
import { CHECKS, DEPLOYS, label } from '../../ci-job-words';

/** Where CI systems besides GitHub's keep their jobs. */
const OTHERS = fileNamed(String.raw`
  \.circleci/config\.ya?ml \.drone\.ya?ml \.woodpecker(?:/[^/]*)?\.ya?ml bitbucket-pipelines\.ya?ml
  \.gitlab-ci[^/]*\.ya?ml \.gitlab/.*\.ya?ml [^/]*\.gitlab-ci\.ya?ml
  azure-pipelines[^/]*\.ya?ml \.azure(?:-pipelines|devops)?/.*\.ya?ml
  buildspec[^/]*\.ya?ml cloudbuild[^/]*\.ya?ml
`);

export const isOther = (path: string): boolean => OTHERS.test(path);
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

const SCRIPTS = wordSet(
  'script before_script after_script run command commands bash inlineScript pwsh powershell Inline ScriptBlock',
);

/** Script lines wherever they are: items of `script:`, and the texts of `run:` and `bash:`. */
function scriptsOf(tree: Tree | undefined): readonly Script[] {
  const found: Script[] = [];
  compare(undefined, tree, ({ key, after, within }) => {
    if (!SCRIPTS.has(key)) return;
    const shell = shellOf(key, within, tree);
    for (const item of itemsOf(after))
      if (item.text !== null)
        found.push({
          text: item.text,
          line: item.textLine,
          shell,
          hasOwnDatabase: hasDatabase(get(within?.after, 'services')),
        });
  });
  return found;
}

/** By the step's own word, by its task and what that is told, or by the pool, whose machines run Windows. */
function shellOf(key: string, step: Pair | undefined, pipeline: Tree | undefined): OtherShell | undefined {
  if (key === 'pwsh' || key === 'powershell') return 'powershell';
  const task = textAt(step?.within?.after, 'task') ?? '';
  if (/^(?:Azure)?PowerShell@/i.test(task) || key === 'ScriptBlock') return 'powershell';
  const kind = textAt(step?.after, 'scriptType') ?? textAt(step?.after, 'shell') ?? '';
  if (/^(?:ps|pscore)$/i.test(kind)) return 'powershell';
  if (/^batch$/i.test(kind) || /^CmdLine@|^BatchScript@/i.test(task)) return isWindows(pipeline) ? 'cmd' : undefined;
  if (key === 'script' && step?.key === '[]' && isWindows(pipeline)) return 'cmd';
  return shellNamed(kind);
}

const isWindows = (pipeline: Tree | undefined): boolean =>
  /^(?:windows|vs\d{4})-/i.test(textAt(pipeline, 'pool', 'vmImage') ?? '');

function gitlabJob(id: string, oldJob: Tree | undefined, job: Tree): readonly Noticed[] {
  if (oldJob === undefined || job.map === null || same(oldJob, job)) return [];
  const found: Noticed[] = [];
  const [old, now] = [manualOf(oldJob), manualOf(job)];
  if (old !== undefined && now === undefined) {
    const when = get(job, 'when');
    found.push(
      when === undefined
        ? factWas('permissions/ci-gate: Job {id} starts by itself: the manual step is removed.', old, { id: label(id) })
        : factAt('permissions/ci-gate: Job {id} starts by itself: it is no longer manual.', when, { id: label(id) }),
    );
  }
  const [environment, newEnvironment] = [get(oldJob, 'environment'), get(job, 'environment')];
  if (environment !== undefined && newEnvironment === undefined)
    found.push(
      factWas('permissions/ci-gate: Job {id} runs without the rules of its environment.', environment, {
        id: label(id),
      }),
    );
  const allow = get(job, 'allow_failure');
  if (allow !== undefined && isYes(allow) && !isYes(get(oldJob, 'allow_failure')) && now === undefined)
    found.push(
      factAt('permissions/ci-gate: Job {id} passes even when it fails (allow_failure).', allow, { id: label(id) }),
    );
  if (found.length === 0 && DEPLOYS.test(`${id} ${textAt(job, 'stage') ?? ''}`)) {
    for (const key of ['rules', 'only', 'except', 'needs', 'dependencies']) {
      const [oldValue, newValue] = [get(oldJob, key), get(job, key)];
      if (
        oldValue !== undefined &&
        newValue === undefined &&
        get(job, 'extends') === undefined &&
        (key !== 'only' || get(job, 'rules') === undefined) &&
        (key !== 'needs' || textsOf(oldValue).some((name) => CHECKS.test(name))) &&
        key !== 'dependencies'
      )
        found.push(
          factWas('permissions/ci-gate: Job {id} runs in more cases: its {key} are removed.', oldValue, {
            id: label(id),
            key,
          }),
        );
    }
    const needs = get(job, 'needs');
    if (needs?.list?.length === 0 && (get(oldJob, 'needs')?.list?.length ?? 1) > 0)
      found.push(
        factAt('permissions/ci-gate: Job {id} no longer waits for the stages before it (needs: []).', needs, {
          id: label(id),
        }),
      );
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
      found.push(
        factWas('permissions/ci-gate: Nobody has to approve this any more: the input step is removed.', at + 1),
      );
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
