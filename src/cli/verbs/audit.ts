/** `linekeeper audit`: where assistants' own settings allow more than the policy would. */
import path from 'node:path';
import { ASSISTANTS, assistantOf } from '../../provenance/assistants';
import { audit as auditAll, AUDITORS, type Grantee } from '../../provenance/assistants/permissions';
import { dialectOf, presenceOfRules, type RulesScope } from '../../provenance/assistants/native-rules';
import type { Repository } from '../../git';
import { loadPolicy } from '../../policy/load';
import { countOf, BUILT_IN_POLICY, jsonText, type Policy, printable } from '../../policy';
import { repositoryAround } from '../arguments/repository-around';
import type { Call, ExitCode, Verb } from '../verb';
import { SYSTEM } from '../../base/platform';

export const audit: Verb = {
  name: 'audit',
  summary: 'List settings of assistants that allow more than the policy',
  example: 'linekeeper audit',
  exits: '0 if there is nothing to list, else 1.',
  usage: '[--json]',
  options: {},
  words: 0,
  async run(call): Promise<ExitCode> {
    const repository = repositoryOf(call);
    const { terminal } = call;
    const loaded = repository && (await loadPolicy(repository));
    const { files, assistants, allowed, unreadable } = auditAll(AUDITORS, {
      home: terminal.home,
      env: terminal.env,
      platform: SYSTEM,
      top: path.parse(terminal.home).root,
      ...(repository ? { repositoryRoot: repository.root } : {}),
    });
    const measure = measureOf(loaded?.policy);
    const enforced = repository === undefined ? [] : await enforcedHere(repository, call, assistants);
    const found = allowed.map((one) => ({ ...one, more: one.grant === 'no-hooks' || measure.holds }));
    const isPartly = enforced.some(({ presence }) => presence === 'some');
    const code = isPartly || found.some((one) => one.more) ? 1 : unreadable.length > 0 ? 2 : 0;
    if (call.json) {
      const shown = found.map(({ assistant, scope, file, line, key, value, grant, more, says, mend }) => ({
        assistant,
        scope,
        file,
        line,
        key: key.join('.'),
        value: harmless(value),
        grant,
        more,
        says,
        mend,
      }));
      terminal.out(
        jsonText({
          looser: code === 1,
          policy: measure.says,
          files,
          allowed: shown,
          enforced,
          unreadable,
          unseen: AUDITORS.flatMap(({ id, unseen }) => (unseen === undefined ? [] : [{ assistant: id, says: unseen }])),
        }),
      );
      return code;
    }
    terminal.out(`${measure.says}\n`);
    for (const grant of found) terminal.out(`${grant.more ? 'FIX ' : 'note'}  ${grantText(grant)}\n`);
    for (const { assistant, file, why } of unreadable)
      terminal.out(
        `FIX   ${titleOf(assistant)}: ${printable(file)} cannot be judged: ${why}. Correct it, then ask again.\n`,
      );
    for (const state of enforced) terminal.out(enforcedText(state));
    if (found.length === 0 && unreadable.length === 0)
      terminal.out(
        files.length === 0
          ? 'ok    No settings of an assistant were found.\n'
          : `ok    Nothing in ${countOf(files.length, 'file')} allows more.\n`,
      );
    const unseen = AUDITORS.filter(({ id, unseen: says }) => says !== undefined && assistants.has(id));
    for (const { id, unseen: says } of unseen) terminal.out(`note  ${titleOf(id)}: ${says ?? ''}\n`);
    return code;
  },
};

/** Outside a repository the settings of the person and the machine still exist. */
const repositoryOf = (call: Call): ReturnType<typeof repositoryAround> =>
  typeof call.values['repo'] === 'string' ? call.repository() : repositoryAround(call);

/** How much of the policy an assistant enforces by itself. */
interface Enforced {
  readonly assistant: string;
  readonly presence: 'all' | 'some' | 'none';
  readonly scope: RulesScope | null;
  readonly files: readonly string[];
}

/** For those whose settings are here, in the scope that has most of the rules. */
async function enforcedHere(
  repository: Repository,
  call: Call,
  here: ReadonlySet<string>,
): Promise<readonly Enforced[]> {
  const { rulesHere, rulesOptions } = await import('../enforce/write-or-remove-native-rules');
  const rules = await rulesHere(repository, call);
  if (rules === undefined) return [];
  return ASSISTANTS.filter(({ id }) => here.has(id)).flatMap((assistant): Enforced[] => {
    const dialect = dialectOf(assistant.id);
    if (dialect === undefined) return [];
    const found = (['managed', 'user', 'project'] as const).map((scope) => ({
      scope,
      ...presenceOfRules(assistant, dialect, rules, rulesOptions(call, repository, scope)),
    }));
    const best = found.find(({ presence }) => presence === 'all') ?? found.find(({ presence }) => presence === 'some');
    return [
      {
        assistant: assistant.id,
        presence: best?.presence ?? 'none',
        scope: best?.scope ?? null,
        files: best?.files ?? [],
      },
    ];
  });
}

function enforcedText({ assistant, presence, files }: Enforced): string {
  const mend = `"linekeeper install --enforce --assistant ${assistant}"`;
  const places = printable(files.join(', '));
  switch (presence) {
    case 'all':
      return `ok    ${titleOf(assistant)} enforces the policy by itself, too: ${places}\n`;
    case 'some':
      return `FIX   ${titleOf(assistant)}: the policy needs rules that ${places} does not have any more, so it does not enforce them. Run ${mend}.\n`;
    case 'none':
      return `note  ${titleOf(assistant)}: the policy keeps agents from something, and its own settings do not enforce it: only hooks do. ${mend} writes the rules into them.\n`;
  }
}

interface Measure {
  /** The policy restricts assistants in some way. */
  readonly holds: boolean;
  readonly says: string;
}

/**
 * What settings are compared with. If nobody has said what assistants may do: an assistant that asks a person first.
 */
function measureOf(policy: Policy | undefined): Measure {
  if (policy === undefined || policy === BUILT_IN_POLICY)
    return {
      holds: true,
      says: 'There is no policy here that says what assistants may do: they are measured against asking a person first.',
    };
  const tiers = policy.tiers.filter((tier) => tier.agents !== 'allow').map((tier) => `${tier.name} (${tier.agents})`);
  if (tiers.length === 0) return { holds: false, says: 'The policy sets no limits on assistants.' };
  const places = tiers.join(', ');
  const says =
    policy.mode === 'observe'
      ? `The policy only observes (mode: observe). Linekeeper's hooks ask a person before what destroys, approves or merges, and let agents do everything else. Once the policy enforces, it would restrict agents in: ${places}.`
      : `The policy restricts agents in: ${places}. If Linekeeper's hooks are installed, they enforce it. The assistants' own settings decide everything else.`;
  return { holds: true, says };
}

function grantText({ assistant, scope, file, line, key, value, says, mend }: Grantee): string {
  const place = `${printable(file)}${line === null ? '' : `:${String(line)}`}`;
  return `${titleOf(assistant)}, ${scope}: ${says}\n        ${place}  ${printable(key.join('.'))} = ${printable(harmless(value))}\n        ${mend}`;
}

const titleOf = (id: string): string => assistantOf(id)?.title ?? id;
const LONGEST = 120;

/** A value that may be shown: short, and without anything that looks like a secret. */
function harmless(value: string): string {
  const text = value
    .replace(/(?=[^\s]*\d)[A-Za-z0-9_+/=-]{24,}/g, '…')
    .replace(/((?:token|password|secret|api[-_]?key|bearer)\s*[=: ]\s*)[^\s"')]+/gi, '$1…');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
