/** Code and text from strangers that run with the repository's rights. */
import { either } from '../../../base/patterns';
import { factAt } from '../../rule-rows/facts-from-sentences';
import { get, itemsOf, named, textAt, textsOf, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';

const STRANGERS =
  "permissions/ci-untrusted: Code of strangers runs with the repository's secrets: {trigger} with a checkout of the pull request.";

/** Triggers that run with secrets and a write token for anybody's pull request or comment. */
const PRIVILEGED = ['pull_request_target', 'workflow_run', 'issue_comment', 'discussion_comment', 'issues'];

/** The code of a pull request, as a checkout names it. */
const HEAD = either(
  /github\.event\.pull_request\.(?:head|merge_commit_sha)|github\.head_ref/i,
  /github\.event\.workflow_run\.(?:head_|pull_requests)|refs\/pull\//i,
  /github\.event\.(?:number|issue\.number|pull_request\.number)/i,
  /(?:steps|needs)\.[\w.-]*(?:pr|pull|head|sha|ref)[\w.-]*\b/i,
);

/** Fields that anybody may write. */
const WORDS = either(
  /github\.head_ref/,
  /github\.event\.(?:comment|review|review_comment)\.body/,
  /github\.event\.(?:issue|discussion)\.(?:title|body)/,
  /github\.event\.pull_request\.(?:title|body|user\.(?:name|email)|head\.(?:ref|label|repo\.[\w.]+))/,
  /github\.event\.head_commit\.(?:message|author\.(?:name|email))/,
  /github\.event\.commits\b[^}]*?\.(?:message|author\.(?:name|email))/,
  /github\.event\.workflow_run\.(?:head_branch|display_title|head_commit\.(?:message|author\.(?:name|email)))/,
  /github\.event\.workflow_run\.pull_requests\b[^}]*head\.ref/,
  /github\.event\.(?:pages\b[^}]*page_name|client_payload\.[\w.]+)/,
);

export const triggersOf = (workflow: Tree | undefined): ReadonlyMap<string, Tree> => {
  const events = get(workflow, 'on') ?? get(workflow, 'true');
  if (events === undefined) return new Map();
  return events.map ?? new Map(itemsOf(events).map((item) => [item.text ?? '', item]));
};

export const stepsOf = (job: Tree | undefined): readonly Tree[] => get(job, 'steps')?.list ?? [];

/** A privileged trigger combined with a checkout of what strangers wrote. */
export function noticeHead(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const [old, now] = [dangerousIn(before), dangerousIn(after)];
  const trigger = PRIVILEGED.flatMap((name) =>
    triggersOf(after).has(name) ? [{ name, tree: triggersOf(after).get(name) }] : [],
  )[0];
  const [first] = now;
  if (trigger?.tree === undefined || first === undefined) return [];
  const wasPrivileged = PRIVILEGED.some((name) => triggersOf(before).has(name));
  const words = { trigger: trigger.name };
  if (!wasPrivileged) return [factAt(STRANGERS, trigger.tree, words)];
  const known = new Set(old.map(({ text }) => codeIn(text)));
  return now
    .filter(({ text }) => !known.has(codeIn(text)))
    .slice(0, 1)
    .map((ref) => factAt(STRANGERS, ref, words));
}

/** What is checked out, however the script around it is written: `git fetch`, `gh pr checkout`, or the ref itself. */
const codeIn = (text: string | null): string =>
  [...(text ?? '').matchAll(/\b(?:gh pr checkout|git (?:fetch|pull|checkout))\b/g)].map(([verb]) => verb).join(' ') ||
  (text ?? '');

function dangerousIn(workflow: Tree | undefined): readonly Tree[] {
  return [...(get(workflow, 'jobs')?.map?.values() ?? [])].flatMap((job) =>
    stepsOf(job).flatMap((step): readonly Tree[] => {
      const ref = get(step, 'with', 'ref');
      const repository = get(step, 'with', 'repository');
      if (/(?:^|\/)checkout@/.test(textAt(step, 'uses') ?? ''))
        return ref !== undefined && HEAD.test(ref.text ?? '')
          ? [ref]
          : repository !== undefined && /head\.repo/.test(repository.text ?? '')
            ? [repository]
            : [];
      const run = get(step, 'run');
      return run !== undefined &&
        /gh pr checkout|git (?:fetch|pull)\s[^\n]*(?:pull\/|head)|git checkout[^\n]*(?:github\.event|FETCH_HEAD|head_ref)/.test(
          run.text ?? '',
        )
        ? [run]
        : [];
    }),
  );
}

/** Text from strangers that is pasted into a script. */
export function noticeInjection(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const known = new Set(scriptsIn(before).flatMap(({ text }) => expressions(text ?? '')));
  return scriptsIn(after).flatMap((script) => {
    const lines = (script.text ?? '').split('\n');
    return lines.flatMap((line, index): readonly Noticed[] => {
      const words = expressions(line).find((one) => !known.has(one));
      if (words === undefined) return [];
      return [
        factAt(
          'permissions/ci-untrusted: Words that anybody can write run as a command: {words} is pasted into a script.',
          script.textLine + index,
          { words: named(words) },
        ),
      ];
    });
  });
}

function expressions(text: string): readonly string[] {
  return [...text.slice(0, 200_000).matchAll(/\$\{\{([^}]{0,500})\}\}/g)].flatMap(([, inner = '']) => {
    const found = WORDS.exec(inner)?.[0];
    return found === undefined || /^\s*(?:contains|startsWith|endsWith)\s*\(|==|!=/.test(inner) ? [] : [found];
  });
}

function scriptsIn(workflow: Tree | undefined): readonly Tree[] {
  const jobs = [...(get(workflow, 'jobs')?.map?.values() ?? [])].flatMap(stepsOf);
  return [...jobs, ...(get(workflow, 'runs', 'steps')?.list ?? [])]
    .flatMap((step) => [
      get(step, 'run'),
      /github-script@/.test(textAt(step, 'uses') ?? '') ? get(step, 'with', 'script') : undefined,
    ])
    .filter((one) => one !== undefined);
}

/** Switches that let a step's output set variables of later ones. */
export function noticeUnsecure(pairBefore: Tree | undefined, after: Tree | undefined): readonly Noticed[] {
  const key = 'ACTIONS_ALLOW_UNSECURE_COMMANDS';
  const [old, now] = [get(pairBefore, key), get(after, key)];
  return now !== undefined && /^(?:true|1|yes)$/i.test(now.text ?? '') && !textsOf(old).includes(now.text ?? '')
    ? [
        factAt(
          'permissions/ci-untrusted: What a step prints may change the environment of later steps: unsecure commands are allowed.',
          now,
        ),
      ]
    : [];
}
