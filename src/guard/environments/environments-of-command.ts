/**
 * Which of the policy's environments a command acts on: by its own words, by the variables that it would get, and by
 * the files in which tools keep their current target. Nothing is run, and only names are taken from files.
 */
import { INTERPRETERS, fits, nameOf, type Invocation, type LookUps } from '../../danger/shell';
import { ENVIRONMENT_KEYS, type Environment, type EnvironmentKey } from '../../policy';
import { CONTEXT_FILES } from './context-files';
import { NAMED_BY, onlyReads, switchesTo, TOOLS, type Tool } from './environment-options-of-programs';

/** The parts of a machine that show which environment commands act on. */
export interface EnvironmentPlace {
  readonly environments: readonly Environment[];
  /** The environment variables that the command would start with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The text of a small file by its absolute path. */
  readonly text: LookUps['text'];
}

export interface ActsOn {
  readonly environment: Environment;
  /** The evidence, in the words of the command or the tool: `--context prod-eu`. */
  readonly because: string;
}

/** A value that may name an environment, and where it comes from. */
interface Named {
  readonly value: string;
  readonly because: string;
}

/** Shells and other programs that only start others, which get their variables. */
const STARTS_OTHERS = /^(?:(?:ba|z|k|da|a|fi)?sh|make|just|task|npm|npx|pnpm|yarn|xargs|source|\.|eval|env|sudo)$/;
const EXPORTS = /^(?:export|declare|typeset|set|setenv|local)$/;

/** Examines the programs of one command, in order. */
export class CommandEnvironments {
  private readonly exported = new Map<string, string>();
  private readonly switched = new Map<EnvironmentKey, string>();

  constructor(private readonly place: EnvironmentPlace) {}

  /** The environments that it acts on. `dangerous`: rules found something in it, so it does not only read. */
  of(invocation: Invocation, folders: readonly string[], dangerous: boolean): readonly ActsOn[] {
    if (this.place.environments.length === 0) return [];
    const { words, assignments } = invocation;
    const name = nameOf(words[0]).toLowerCase();
    const args = words.slice(1).map(({ text }) => text);
    const own = new Map(assignments.flatMap(pairOf));
    this.note(name, args, own);
    const to = switchesTo(name, args);
    if (to) this.switched.set(to.key, to.value);
    if (name === '' || (!dangerous && onlyReads(name, args))) return [];
    const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
    const named = new Map(
      ENVIRONMENT_KEYS.map((key) => [key, this.namedBy(key, tool, args, own, folders, invocation.away !== undefined)]),
    );
    const byName = optionValues(args, Object.hasOwn(NAMED_BY, name) ? (NAMED_BY[name] ?? []) : []);
    return this.place.environments.flatMap((environment): ActsOn[] => {
      const because =
        this.byVariables(environment, tool !== undefined || dangerous, own) ??
        becauseOf(environment, named) ??
        byName.find(({ value }) => isNamed(environment, value))?.because;
      return because === undefined ? [] : [{ environment, because }];
    });
  }

  /** Keeps what affects later programs of the same command. */
  private note(name: string, args: readonly string[], own: ReadonlyMap<string, string>): void {
    const stays = name === '' || STARTS_OTHERS.test(name) || INTERPRETERS.test(name) ? own : undefined;
    const exported = EXPORTS.test(name) ? args.flatMap(pairOf) : [];
    for (const [variable, value] of [...(stays ?? []), ...exported]) this.exported.set(variable, value);
  }

  /** The first that is given: an argument beats a variable, and a variable a tool's file. */
  private namedBy(
    key: EnvironmentKey,
    tool: Tool | undefined,
    args: readonly string[],
    own: ReadonlyMap<string, string>,
    folders: readonly string[],
    away: boolean,
  ): readonly Named[] {
    const selector = tool?.[key];
    const named = selector ? optionValues(args, selector.options) : [];
    if (named.length > 0) return named;
    const variables = [...(selector?.variables ?? []), ...VARIABLES[key]];
    const inWords = variables.flatMap((variable) => {
      const value = own.get(variable) ?? this.exported.get(variable);
      return value === undefined ? [] : [{ value, because: `${variable}=${value}` }];
    });
    if (inWords.length > 0) return inWords;
    const switched = this.switched.get(key);
    if (selector && switched !== undefined) return [{ value: switched, because: `switched to ${switched}` }];
    if (!selector || away) return [];
    const inherited = variables.flatMap((variable) => {
      const value = this.place.env[variable];
      return value === undefined || value === '' ? [] : [{ value, because: `${variable}=${value} in its environment` }];
    });
    if (inherited.length > 0) return inherited;
    const variable = (one: string): string | undefined => own.get(one) ?? this.exported.get(one) ?? this.place.env[one];
    return CONTEXT_FILES[key]({ args, variable, home: this.place.home, folders, text: this.place.text });
  }

  /**
   * A variable set in the command itself counts for any program; one set before counts only for tools that act on
   * environments.
   */
  private byVariables({ env }: Environment, acts: boolean, own: ReadonlyMap<string, string>): string | undefined {
    for (const [variable, patterns] of Object.entries(env)) {
      const ownValue = own.get(variable) ?? this.exported.get(variable);
      const value = ownValue ?? (acts ? this.place.env[variable] : undefined);
      if (value !== undefined && patterns.some((pattern) => fits(pattern, value))) return `${variable}=${value}`;
    }
    return undefined;
  }
}

/** Variables that select an environment for any program. */
const VARIABLES: Readonly<Record<EnvironmentKey, readonly string[]>> = {
  'kube-context': ['HELM_KUBECONTEXT'],
  'aws-profile': ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_VAULT'],
  'gcp-project': ['CLOUDSDK_CORE_PROJECT', 'GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'GOOGLE_PROJECT'],
  'azure-subscription': ['ARM_SUBSCRIPTION_ID', 'AZURE_SUBSCRIPTION_ID'],
  'terraform-workspace': ['TF_WORKSPACE', 'PULUMI_STACK'],
};

function becauseOf({ when }: Environment, named: ReadonlyMap<EnvironmentKey, readonly Named[]>): string | undefined {
  for (const key of ENVIRONMENT_KEYS) {
    const hit = named.get(key)?.find(({ value }) => when[key]?.some((pattern) => fits(pattern, value)) === true);
    if (hit) return hit.because;
  }
  return undefined;
}

/** Whether a value, or a folder or file in it, has an environment's name, or one that its variables have there. */
function isNamed({ name, env }: Environment, value: string): boolean {
  const parts = value.split(/[/\\.]/).map((part) => part.toLowerCase());
  return parts.some(
    (part) => part === name || Object.values(env).some((patterns) => patterns.some((pattern) => fits(pattern, part))),
  );
}

function pairOf(text: string): (readonly [string, string])[] {
  const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

/** `--context prod`, `--context=prod`. */
function optionValues(args: readonly string[], options: readonly string[]): readonly Named[] {
  return args.flatMap((text, index): Named[] => {
    const before = args[index - 1];
    if (before !== undefined && options.includes(before)) return [{ value: text, because: `${before} ${text}` }];
    const option = options.find((one) => text.startsWith(`${one}=`));
    return option === undefined ? [] : [{ value: text.slice(option.length + 1), because: text }];
  });
}
