/**
 * Examples of one line for rows about settings: `helm: backup.enabled: true → false`, `kubernetes Deployment: spec.replicas: 2 → 0`.
 * The file around the setting is the same for all examples of a format.
 */
import { stringify } from 'yaml';
import type { Change } from '../../src/danger';

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** The file of a format: its path, and the text around one object. */
interface Wrapping {
  readonly path: string;
  readonly text: (object: Value, type: string) => string;
}

const yaml =
  (around: (object: Value, type: string) => Value) =>
  (object: Value, type: string): string =>
    stringify(around(object, type));

const within = (object: Value, more: Readonly<Record<string, Value>>): Value => ({
  ...more,
  ...(object as Readonly<Record<string, Value>>),
});

const WRAPPINGS: Readonly<Record<string, Wrapping>> = {
  ansible: { path: 'roles/app/tasks/main.yml', text: yaml((object, type) => [{ name: 'It', [type]: object }]) },
  azure: {
    path: 'azure/template.json',
    text: (object, type) =>
      JSON.stringify({ resources: [within(object, { type: `Microsoft.${type}`, name: 'it' })] }, null, 1),
  },
  cloudformation: {
    path: 'stack.yaml',
    text: yaml((object, type) => ({ Resources: { It: within(object, { Type: `AWS::${type}` }) } })),
  },
  compose: {
    path: 'docker-compose.yml',
    text: yaml((object) => ({ services: { web: within(object, { image: 'nginx' }) } })),
  },
  data: { path: 'config/app.yaml', text: yaml((object) => object) },
  helm: { path: 'charts/app/values.yaml', text: yaml((object) => object) },
  helmfile: { path: 'helmfile.yaml', text: yaml((object) => ({ releases: [within(object, { name: 'web' })] })) },
  kubernetes: {
    path: 'deploy/it.yaml',
    text: yaml((object, kind) => ({ apiVersion: 'v1', kind, ...named(object) })),
  },
  protection: { path: '.github/settings.yml', text: yaml((object) => object) },
  pulumi: {
    path: 'Pulumi.yaml',
    text: yaml((object, type) => ({ resources: { it: within(object, { type }) } })),
  },
  settings: { path: 'src/main/resources/application.yml', text: yaml((object) => object) },
  terraform: { path: 'infra/main.tf', text: (object, type) => block(`resource "${type}" "it"`, object, '') },
};

function named(object: Value): Readonly<Record<string, Value>> {
  const fields = object as Readonly<Record<string, Value>>;
  return { ...fields, metadata: within(fields['metadata'] ?? {}, { name: 'it' }) };
}

/** A block of Terraform. */
function block(header: string, object: Value, indent: string): string {
  const lines = Object.entries(object as Readonly<Record<string, Value>>).map(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? block(key, value, `${indent}  `)
      : `${indent}  ${key} = ${JSON.stringify(value)}\n`,
  );
  return `${indent}${header} {\n${lines.join('')}${indent}}\n`;
}

const NONE = '(none)';

/** The change that an example is about. Throws for a text that is none. */
export function settingChange(example: string): Change {
  const [, format = '', type = '', path = '', before = '', after = ''] =
    /^([\w-]+)(?: (\S+))?: (.+?): (.+) → (.+)$/.exec(example) ?? [];
  const wrapping = WRAPPINGS[format];
  if (wrapping === undefined) throw new TypeError(`not an example of a setting: ${example}`);
  const steps = [...path.matchAll(/"([^"]+)"|([^."]+?)(\[\])?(?=\.|$)/g)].flatMap(
    ([, quoted, plain = '', list]): readonly string[] => [quoted ?? plain, ...(list === undefined ? [] : ['[]'])],
  );
  const side = (text: string): string =>
    wrapping.text(nested(steps, text === NONE ? undefined : (JSON.parse(quotedText(text)) as Value)), type);
  return { path: wrapping.path, from: null, before: side(before), after: side(after) };
}

/** `true`, `3`, `{…}` and `[…]` are JSON; everything else is a text. */
const quotedText = (text: string): string =>
  /^(?:true|false|0|-?[1-9]\d*|[{["].*)$/.test(text) ? text : JSON.stringify(text);

/** A value at the end of a path, and something beside it, so that what encloses it is never empty. */
function nested([step = '', ...rest]: readonly string[], value: Value | undefined): Value {
  if (step === '[]')
    return ['other', ...(value === undefined ? [] : [rest.length === 0 ? value : nested(rest, value)])];
  const inner = rest.length === 0 ? value : nested(rest, value);
  return { other: 'x', ...(inner === undefined ? {} : { [step]: inner }) };
}
