/**
 * Parses what somebody pastes about an outage: stack traces, log lines, plans. Everything in it is from outside, and
 * any part may be missing.
 */

/** A place in a source file, from a trace. */
export interface Frame {
  /** As in the trace, with `/`. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Its folders are those of a package, from the root. */
  readonly whole: boolean;
}

interface Evidence {
  /** In text order, each once. */
  readonly frames: readonly Frame[];
  /** Resources that it names, such as `aws_dynamodb_table.orders`. */
  readonly resources: readonly { readonly type: string; readonly name: string }[];
  /** Distinctive names in it: quoted, or of several parts. */
  readonly names: readonly string[];
  /** Lines that were too long to be read whole, as in minified code. */
  readonly long: number;
}

/** At most this much is read (UTF-16 units). */
const READ_AT_MOST = 1024 * 1024;
const LINE_AT_MOST = 2_000;
const FRAMES_AT_MOST = 200;
const NAMES_AT_MOST = 200;

/** A path with an extension; a Windows drive or the `//` of an address may precede it. */
const PATH = String.raw`((?:[A-Za-z]:)?[\w@.+$~/\\-]{0,400}[\w@+$~-]\.[A-Za-z][\w]{0,7})`;
const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`File "${PATH}", line (\d{1,7})`, 'g'), // Python
  new RegExp(String.raw`${PATH}:line (\d{1,7})`, 'g'), // .NET
  new RegExp(String.raw`${PATH}"?,? (?:on )?line (\d{1,7})`, 'g'), // PHP, Terraform
  new RegExp(String.raw`${PATH}\((\d{1,7})(?:,\d+)?\)`, 'g'), // PHP, MSVC
  new RegExp(String.raw`${PATH}(?:\?[\w=&]{0,40})?:(\d{1,7})(?!\d|\.\d)`, 'g'), // JavaScript, Go, Ruby, Rust, C
];
/** `at com.acme.orders.Api.order(Api.java:42)` (Java, Kotlin, Scala). */
const JAVA = /\bat (?:[\w.$]+\/)?([\w.$]{1,300})\(([\w$-]{1,100}\.(?:java|kt|scala|groovy)):(\d{1,7})\)/g;
const RESOURCE = /\b([a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,40}){1,8})\.([A-Za-z_][\w-]{0,100})/g;
const QUOTED = /["'`]([\w./:-]{4,100})["'`]/g;
const COMPOSED =
  /(?<![\w/.-])([A-Za-z][A-Za-z0-9]{0,60}(?:[_-][A-Za-z0-9]{1,60}){1,8}|[a-z]+[A-Z][A-Za-z0-9]{3,60})(?![\w/-])/g;

export function readEvidence(pasted: string): Evidence {
  const frames = new Map<string, Frame>();
  const resources = new Map<string, { readonly type: string; readonly name: string }>();
  const names = new Set<string>();
  let long = 0;
  const add = (path: string, line: string, whole = false): void => {
    const frame = { path: path.replaceAll('\\', '/').replace(/^[A-Za-z]:/, ''), line: Number(line), whole };
    if (frame.line > 0 && frames.size < FRAMES_AT_MOST) frames.set(`${frame.path}:${line}`, frame);
  };
  for (const whole of pasted.slice(0, READ_AT_MOST).split(/\r?\n/)) {
    if (whole.length > LINE_AT_MOST) long++;
    const text = whole.slice(0, LINE_AT_MOST);
    for (const [, method = '', file = '', line = ''] of text.matchAll(JAVA)) {
      const folder = folderOf(method);
      // Kotlin and Scala may omit folders of a package.
      add(`${folder}${file}`, line, folder !== '' && file.endsWith('.java'));
    }
    for (const form of FORMS)
      for (const [, path = '', line = ''] of text.matchAll(form)) if (!/\((?=[^()]*$)/.test(path)) add(path, line);
    for (const [, type = '', name = ''] of text.matchAll(RESOURCE))
      if (resources.size < NAMES_AT_MOST) resources.set(`${type}.${name}`, { type, name });
    for (const pattern of [QUOTED, COMPOSED])
      for (const [, name = ''] of text.matchAll(pattern))
        if (names.size < NAMES_AT_MOST && name.length >= 5) names.add(name);
  }
  // Two patterns may match the same place, such as Java's with and without its package.
  const all = [...frames.values()];
  const ourFrames = all.filter(
    (frame) =>
      !all.some((other) => other !== frame && other.line === frame.line && other.path.endsWith(`/${frame.path}`)),
  );
  return { frames: ourFrames, resources: [...resources.values()], names: [...names], long };
}

/** The folder that a Java class is in, by its package: `com/acme/orders/` of `com.acme.orders.Api.order`. */
function folderOf(method: string): string {
  const parts = method.split('.');
  const type = parts.findIndex((part) => /^[A-Z]/.test(part));
  const folders = parts.slice(0, type < 0 ? Math.max(0, parts.length - 2) : type);
  return folders.length === 0 ? '' : `${folders.join('/')}/`;
}
