/** A policy as rules that assistants enforce by themselves, also where no hook runs. Pure: the guard decides each. */
import type { CommandPrefix, NativeRules } from '../../provenance/assistants/native-rules/types';
import { shellQuoted } from '../../base/platform';
import type { Policy } from '../../policy';
import { guard } from '../guard';
import type { GuardAnswer } from '../types';
import { commandCandidates, KEY_FILE_CANDIDATES } from './rule-candidates';

export interface RulesPlaces {
  /** The top of the repository, and the home folder. Absolute. */
  readonly root: string;
  readonly home: string;
}

/** What belongs to the policy itself, and what records and holds agents back: closed whatever a policy says. */
const LEASH: readonly string[] = ['.linekeeper.yml', '.linekeeper/**', '.git/hooks/**', '.git/linekeeper/**'];

/** `source`: where the policy is from, for people. */
export function nativeRulesOf(policy: Policy, source: string, places: RulesPlaces): NativeRules {
  const ofTiers = pathsOf(policy);
  const verdictOn = (command: string): GuardAnswer['verdict'] => verdictOf(policy, source, places, command);
  const commands = commandCandidates().map((text) => ({
    words: text.split(' '),
    verdict: verdictOfPrefix(text, verdictOn),
  }));
  const keyed = [...new Set([...listedFiles(policy), ...KEY_FILE_CANDIDATES])].map((file) => ({
    file,
    verdict: verdictOn(`cat ${shellQuoted(sampleOf(file, places))}`),
  }));
  const wordsOf = (verdict: 'ask' | 'deny'): CommandPrefix[] =>
    commands.filter((one) => one.verdict === verdict).map(({ words }) => words);
  const filesOf = (verdict: 'ask' | 'deny'): string[] =>
    keyed.filter((one) => one.verdict === verdict).map(({ file }) => file);
  return {
    roots: [places.root],
    closedPaths: [...LEASH, ...ofTiers.closed],
    askedPaths: ofTiers.asked,
    openInside: ofTiers.open,
    closedReads: filesOf('deny'),
    askedReads: filesOf('ask'),
    refusedCommands: wordsOf('deny'),
    askedCommands: wordsOf('ask'),
    refusedTools: policy.tools.deny,
    askedTools: policy.tools.ask,
    hiddenVariables: [
      ...new Set(
        policy.environments
          .filter(({ agents }) => agents === 'deny')
          .flatMap(({ credentials = [] }) => credentials)
          .flatMap((entry) => (entry.startsWith('$') ? [entry.slice(1)] : [])),
      ),
    ],
  };
}

/** Whether a policy holds agents back at all: without that, there is nothing to write. */
export const holdsAgents = ({ mode, tiers, environments, tools }: Policy): boolean =>
  mode !== 'observe' &&
  (tiers.some(({ agents }) => agents !== 'allow') ||
    environments.some(({ agents }) => agents !== 'allow') ||
    tools.deny.length + tools.ask.length > 0);

/** A rule about a beginning is no stricter than the mildest answer to what may follow it. */
function verdictOfPrefix(text: string, verdictOn: (command: string) => GuardAnswer['verdict']): GuardAnswer['verdict'] {
  const first = verdictOn(`${text} example`);
  if (first !== 'deny') return first === 'ask' ? 'ask' : verdictOn(text) === 'allow' ? 'allow' : 'ask';
  return [text, `${text} localhost:5000/example`].every((sample) => verdictOn(sample) === 'deny') ? 'deny' : 'ask';
}

function verdictOf(
  policy: Policy,
  source: string,
  { root, home }: RulesPlaces,
  command: string,
): GuardAnswer['verdict'] {
  return guard({
    policy,
    source,
    action: { files: [], command, cwd: root },
    root,
    home,
    guarded: () => [],
    findingsOf: () => [],
    files: {
      real: (absolute) => absolute,
      below: () => [],
      matching: () => [],
      text: () => undefined,
      isCommitted: () => false,
      isRevision: () => false,
      alias: () => undefined,
    },
  }).verdict;
}

/** Files that environments list: names of variables and helper commands are none. */
const listedFiles = ({ environments }: Policy): string[] =>
  environments.flatMap(({ credentials = [] }) =>
    credentials.flatMap((entry) =>
      entry.startsWith('$') || /\s/.test(entry) ? [] : [/[\\/]/.test(entry) ? entry : `**/${entry}`],
    ),
  );

/** A file that the pattern matches, for the guard to judge. */
const sampleOf = (pattern: string, { root, home }: RulesPlaces): string => {
  const plain = pattern.replace(/\*\*\//g, '').replace(/\*+/g, 'x');
  if (plain.startsWith('~/')) return `${home}/${plain.slice(2)}`;
  return plain.startsWith('/') ? plain : `${root}/${plain}`;
};

interface TierPaths {
  readonly closed: readonly string[];
  readonly asked: readonly string[];
  readonly open: readonly string[];
}

/**
 * The patterns of the tiers that keep agents out. A file belongs to the highest tier that has it: what a higher tier
 * leaves open is open, and so is what a tier takes out of its own patterns.
 */
function pathsOf({ tiers }: Policy): TierPaths {
  const [closed, asked, open]: [string[], string[], string[]] = [[], [], []];
  const above: string[] = [];
  for (const { agents, paths } of tiers) {
    const taken = paths.filter((pattern) => !pattern.startsWith('!')).flatMap(anchored);
    if (agents === 'deny' || agents === 'ask') {
      (agents === 'deny' ? closed : asked).push(...taken);
      open.push(
        ...above.splice(0),
        ...paths.flatMap((pattern) => (pattern.startsWith('!') ? anchored(pattern.slice(1)) : [])),
      );
    } else above.push(...taken);
  }
  return { closed, asked, open: [...new Set(open)] };
}

/** A pattern of the policy, from the top: itself, and what is in the folder of that name. */
function anchored(pattern: string): string[] {
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const whole =
    bare.replace(/\/\*\*$/, '').includes('/') || pattern.startsWith('/') || bare.endsWith('/**') ? bare : `**/${bare}`;
  return /(?:^|\/)\*\*?$/.test(whole) || /\.\w+$/.test(whole) ? [whole] : [whole, `${whole}/**`];
}
