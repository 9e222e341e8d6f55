/** Ansible playbooks and roles: tasks that remove what others keep. */
import { anyOf } from '../../../base/patterns';
import { once } from '../../lazy-value';
import { isTest } from '../../path-roles';
import { asLow } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import type { Subject } from '../../rules/types';
import {
  compare,
  entriesOf,
  get,
  itemsOf,
  named,
  same,
  sidesOf,
  textAt,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import type { Change, Noticed, AnalyzerOfFiles } from '../../types';
import { noticeScripts, type NoticeScript, type Script } from '../judge-new-embedded-scripts';

/**
 * What lines that leave removed already. In a line of its own a module has all its settings: `file: path=/srv/x
 * state=absent`.
 */
const removedInLines = ({ before, after }: Change): ReadonlySet<string> =>
  new Set(
    (before ?? '')
      .split('\n')
      .filter((line) => /\bstate=absent\b/.test(line) && after?.includes(line.trim()) !== true)
      .flatMap((line) => line.split(/\s+/).map((word) => word.replaceAll(/^\w+=|["']/g, ''))),
  );

export const ansibleWith = (shell: NoticeScript): AnalyzerOfFiles => ({
  id: 'ansible',
  concerns: ({ path, after }) =>
    /\.ya?ml$/i.test(path) &&
    after !== null &&
    (/(?:^|\/)(?:ansible|playbooks?|roles|tasks|handlers)\//i.test(path) ||
      /^- (?:hosts|import_playbook|name)\s*:/m.test(after)) &&
    !/^apiVersion:/m.test(after),
  notice: (change) => {
    const sides = sidesOf(change);
    if (sides === null) return [];
    const [old, now] = [tasksIn(sides.before[0]), tasksIn(sides.after[0])];
    const judge = (task: Tree): readonly Noticed[] => judged(task, isTest(change.path));
    const known = new Set(old.flatMap((task) => judge(task).map(({ rule, message }) => `${rule} ${message}`)));
    const spelled = once(() => removedInLines(change));
    const isSpelled = (task: Tree): boolean =>
      entriesOf(task).some(([, module]) => {
        const path = textAt(module, 'path') ?? textAt(module, 'dest') ?? textAt(module, 'name');
        return path !== undefined && spelled().has(path);
      });
    const found = now.flatMap((task) => {
      const noticed = judge(task).filter(({ rule, message }) => !known.has(`${rule} ${message}`));
      // few tasks are dangerous, and only these are looked for among the old ones
      return noticed.length === 0 || isSpelled(task) || old.some((one) => same(one, task)) ? [] : noticed;
    });
    const onDemand = now.filter(isOnDemand).flatMap(scriptsOf);
    const isLowAt = (at: number): boolean =>
      onDemand.some(({ text, line }) => at >= line && at < line + text.split('\n').length);
    const scripts = noticeScripts(old.flatMap(scriptsOf), now.flatMap(scriptsOf), shell);
    return [...found, ...scripts.map((one) => (isLowAt(one.line) ? asLow(one) : one))];
  },
});

function tasksIn(tree: Tree | undefined): readonly Tree[] {
  const found: Tree[] = [];
  compare(undefined, tree, ({ key, after, within }) => {
    if (
      key === '[]' &&
      after?.map &&
      (within?.key === '' || /^(?:tasks|pre_tasks|post_tasks|handlers|block|rescue|always)$/.test(within?.key ?? ''))
    )
      found.push(after);
  });
  return found;
}

const HARMLESS_PATHS = /* @__PURE__ */ anyOf(
  String.raw`(?:^|[/_.\s{-])(?:c?cache|tmp|temp|temporary|build|dist|node_modules|__pycache__|\.git|lock|pid|sock|bak|old|zip|tar|gz|tgz|deb|rpm|download\w*)(?:/|$|[\s}_.]|s?$)
  apt/sources conf\.d cron\.d \.(?:automount|mount|path|slice|socket|target)$
  \.(?:lock|pid|sock|zip|tar|gz|tgz|deb|rpm|conf|cfg|ini|list|repo|service|timer|log|sh|py|txt|ya?ml|json|key|gpg|asc|rules|cron|tmp|bak)$
  (?:^|/)s?bin/[\w.@-]+$ (?:^|/)(?:\w*file|[\w-]+[_-]file)$ (?:^|/)(?:init|profile|logrotate|sudoers|modprobe|sysctl|ld\.so\.conf|cron\.\w+)\.?d?/[\w.@-]+$
  motd nologin sites-enabled ^(?:/tmp|/var/tmp|/var/cache|/run)(?:/|$)`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);

/** What the settings of a task's module do: the first that a rule knows. */
function judged(task: Tree, inTest: boolean): readonly Noticed[] {
  // a test removes by a variable what it has made
  const isOwnTest = (path: string): boolean => inTest && /^\{\{[^}]*\}\}$/.test(path);
  return entriesOf(task).flatMap(([key, module]): readonly Noticed[] => {
    const name = key.replace(/^[\w-]+\.[\w-]+\./, '');
    const path = textAt(module, 'path') ?? textAt(module, 'dest') ?? textAt(module, 'name') ?? '';
    const within: Pair = { key: name, path: [name], before: undefined, after: module, within: undefined };
    const subject: Subject = {
      it: named(textAt(task, 'name') ?? name),
      type: path === '' || isAskedFor(task) || harmless(path, task) || isOwnTest(path) ? 'disposable' : 'kept',
      words: { path: named(path) },
    };
    const found = entriesOf(module)
      .flatMap(([setting, after]) =>
        noticeSetting('ansible', { key: setting, path: [name, setting], before: undefined, after, within }, subject),
      )
      .slice(0, 1);
    return isOnDemand(task) ? found.map(asLow) : found;
  });
}

/** Each item of the loop says by itself that it shall be absent: who wrote the list asked for it. */
const isAskedFor = (task: Tree): boolean =>
  (get(task, 'loop') ?? get(task, 'with_items') ?? get(task, 'with_list')) !== undefined &&
  /\bitem\.state\b[^]*\babsent\b/.test(textOf(get(task, 'when')));

/** A task that runs only where somebody sets a variable to say that the thing shall be gone. */
const isOnDemand = (task: Tree): boolean =>
  /\b\w*(?:state|ensure)\w*\s*(?:==|in|is)\s*[[(]?\s*["'](?:absent|removed|destroyed|purged)\b/i.test(
    textOf(get(task, 'when')),
  );
const textOf = (tree: Tree | undefined): string =>
  tree?.text ??
  itemsOf(tree)
    .map(({ text }) => text ?? '')
    .join(' ');

/** Files are not folders; a loop's items are judged one by one. */
function harmless(path: string, task: Tree): boolean {
  if (path.startsWith('{{') && /\btemp(?:orary)?\b|\btmp\b/i.test(textAt(task, 'name') ?? '')) return true;
  const loop = itemsOf(get(task, 'loop') ?? get(task, 'with_items'));
  if (/^\{\{\s*item\b.*\}\}$/.test(path) && loop.length > 0 && loop.every(({ text }) => text !== null))
    return loop.every(({ text }) => HARMLESS_PATHS.test(text ?? ''));
  return HARMLESS_PATHS.test(path);
}

/** Commands: free text, `cmd:`, or lines below. */
function scriptsOf(task: Tree): readonly Script[] {
  return entriesOf(task).flatMap(([key, module]) => {
    const [, windows, name] = /^(?:[\w-]+\.[\w-]+\.)?(win_)?(shell|command|raw)$/.exec(key) ?? [];
    if (name === undefined) return [];
    const shell = windows === undefined ? undefined : name === 'shell' ? 'powershell' : 'cmd';
    const script = module.text !== null ? module : get(module, 'cmd');
    return script === undefined || script.text === null ? [] : [{ text: script.text, line: script.textLine, shell }];
  });
}
