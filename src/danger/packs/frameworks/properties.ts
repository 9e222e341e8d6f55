/** Names and values in `.properties` files, and in XML elements that set a property. */

export interface Placed {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

const LINE_AT_MOST = 2_000;

/** `key=value`, `key: value`; comments and Quarkus' test profiles are left out. */
export function propertiesOf(text: string): readonly Placed[] {
  return text.split('\n').flatMap((line, index): Placed[] => {
    const [, key, value] = /^\s*([^\s#!=:][^\s=:]*)\s*[=:]\s*(.*?)\s*$/.exec(line.slice(0, LINE_AT_MOST)) ?? [];
    return key === undefined || value === undefined || /^%(?:test|dev)\./.test(key)
      ? []
      : [{ key, value, line: index + 1 }];
  });
}

/** `<property name="…" value="…"/>`, `<property name="…">…</property>`, `<prop key="…">…</prop>`. */
export function attributesOf(text: string): readonly Placed[] {
  const found: Placed[] = [];
  const lines = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' ')).split('\n');
  lines.forEach((line, index) => {
    const [, key, , value, inner] =
      /<prop(?:erty)?\s[^>]*?(?:name|key)\s*=\s*["']([\w.-]{1,100})["'](?:[^>]*?(value)\s*=\s*["']([^"']{0,100})["'][^>]*)?>?(?:\s*([\w-]{1,40})\s*<)?/.exec(
        line.slice(0, LINE_AT_MOST),
      ) ?? [];
    const said = value ?? inner;
    if (key !== undefined && said !== undefined) found.push({ key, value: said, line: index + 1 });
  });
  return found;
}
