/** What the containers of a manifest run that a command hands to a cluster, as `kubectl exec` would start it. */
import { handedText } from '../streams/standard-input-of-program';
import type { Invocation } from '../words/invocation';
import { quoted } from './shell-text-in-arguments';
import type { Reads } from './readers-of-scripts-and-aliases';

const LONGEST = 200_000;
const MOST_CONTAINERS = 40;
const MOST_FILES = 20;
/** What is started once, for what it does; a service's own start is no news. */
const RUNS_ONCE = /^\s*kind:\s*["']?(?:Job|CronJob|Pod|(?:Cron)?Workflow(?:Template)?|Task(?:Run)?|PipelineRun)\b/m;
const IN_FOLDER = ['job.yaml', 'cronjob.yaml', 'pod.yaml', 'workflow.yaml'];

/** `kubectl apply -f FILE`, `argo submit FILE`, `nomad job run FILE`. */
export function manifestTexts(invocation: Invocation, args: readonly string[], { script, matching }: Reads): string[] {
  if (!args.some((text) => /^(?:apply|create|replace|submit|run|start)$/.test(text))) return [];
  if (args.some((text) => /^--dry-run(?:=(?:client|server))?$/.test(text))) return [];
  const named = args.flatMap((text, index) =>
    /^(?:-f|--filename|-k|--kustomize)$/.test(args[index - 1] ?? '') || /\.(?:ya?ml|json|nomad|hcl)$/.test(text)
      ? text.replace(/^--filename=/, '')
      : (/^(?:-f|--filename=|-k|--kustomize=)(.+)$/.exec(text)?.[1] ?? []),
  );
  const texts = [...new Set(named)].flatMap((name) => {
    if (name === '-') return handedText(invocation, script) ?? [];
    const text = script(name);
    if (text !== undefined) return text;
    const folder = name.replace(/\/$/, '');
    const inside = matching?.(`${folder}/*.y*ml`) ?? IN_FOLDER.map((file) => `${folder}/${file}`);
    return inside.slice(0, MOST_FILES).flatMap((file) => script(file) ?? []);
  });
  return texts
    .flatMap((text) => text.slice(0, LONGEST).split(/^---\s*$/m))
    .flatMap((document) =>
      RUNS_ONCE.test(document) ? containersIn(document) : /^\s*job\s+"/m.test(document) ? tasksIn(document) : [],
    )
    .slice(0, MOST_CONTAINERS);
}

type Container = Partial<Record<'command' | 'args', string[]>> & { image?: string };

/** Containers in YAML: their keys stand at one depth. */
function containersIn(document: string): string[] {
  const lines = document.split('\n').filter((line) => /\S/.test(line) && !/^\s*#/.test(line));
  const found: Container[] = [];
  let [depth, begins] = [-1, true];
  for (const [at, line] of lines.entries()) {
    const [, before = '', dash = '', key = '', value = ''] =
      /^(\s*)(-\s+)?(?:["']?(command|args|image)["']?:\s*(.*)|\S.*)$/.exec(line) ?? [];
    const indent = before.length + dash.length;
    if (dash !== '' && indent <= depth) begins = true;
    if (key === '') {
      if (dash !== '' && indent !== depth) begins = true;
      continue;
    }
    let container = found.at(-1);
    if (container === undefined || begins || indent !== depth || container[key as 'image'] !== undefined) {
      container = {};
      found.push(container);
    }
    [depth, begins] = [indent, false];
    if (key === 'image') container.image = unquoted(value);
    else container[key as 'args'] = listAt(lines, at, value, before.length + (dash === '' ? 0 : dash.length));
  }
  return found.flatMap(({ image = 'image', command, args }) =>
    command !== undefined
      ? `kubectl exec pod -- ${[...command, ...(args ?? [])].map(quoted).join(' ')}`
      : args === undefined
        ? []
        : `kubectl run pod --image=${image} -- ${args.map(quoted).join(' ')}`,
  );
}

/** A list behind a key: in brackets, which may span lines, or one word a line; a block of lines is one word. */
function listAt(lines: readonly string[], at: number, value: string, indent: number): string[] {
  if (value.startsWith('[')) {
    let text = value;
    for (let next = at + 1; !text.includes(']') && next < Math.min(lines.length, at + 30); next++)
      text += ` ${lines[next] ?? ''}`;
    return [...text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:[^']|'')*)'|([^\s,[\]"'][^,\]]*)/g)].map(
      ([, double, single, bare]) =>
        double?.replace(/\\(["\\])/g, '$1') ?? single?.replaceAll("''", "'") ?? (bare ?? '').trim(),
    );
  }
  const words: string[] = [];
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? '';
    const [, before = '', item] = /^(\s*)-\s+(.*)$/.exec(line) ?? [];
    if (item === undefined || before.length > indent + 8 || before.length < indent - 2) break;
    if (!/^[|>][+-]?\d?$/.test(item)) {
      words.push(unquoted(item));
      continue;
    }
    const block: string[] = [];
    while (next + 1 < lines.length && (lines[next + 1] ?? '').search(/\S/) > before.length)
      block.push((lines[++next] ?? '').trim());
    words.push(block.join('\n'));
  }
  return words;
}

const unquoted = (value: string): string => {
  const text = value.trim();
  if (text.startsWith('"')) return text.replace(/^"([^]*)"$/, '$1').replace(/\\(["\\])/g, '$1');
  return text.replace(/^'([^]*)'$/, '$1').replaceAll("''", "'");
};

/** `command = "psql"` and `args = ["-c", "…"]` of a Nomad job. */
const tasksIn = (text: string): string[] =>
  [...text.matchAll(/\bcommand\s*=\s*"((?:\\.|[^"\\])*)"(?:\s*\n\s*args\s*=\s*\[([^\]]*)\])?/g)].map(
    ([, command = '', args = '']) =>
      `kubectl exec pod -- ${[command, ...listAt([], 0, `[${args}]`, 0)].map(quoted).join(' ')}`,
  );
