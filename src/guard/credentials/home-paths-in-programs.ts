/** Paths of the home folder in programs' texts. */

/** The home folder, as languages call it, and what they join to it. */
const HOME_CALL =
  /(?:require\(["'](?:node:)?os["']\)\.|\b\w+\.)?\bhomedir\(\)|\bPath\.home\(\)|\bDir\.home\b|\bos\.path\.expanduser\(["']~["']\)|\b(?:process\.env\.HOME|(?:os\.environ|ENV)\[["']HOME["']\]|os\.getenv\(["']HOME["']\))/g;
const MOST_JOINED = 20;
const JOINED = [
  /(?<=\bjoin\(\s{0,20})(["'`])(~[^"'`\n]{0,200})\1\s{0,20},\s{0,20}(["'`])([^"'`\n]{1,200})\3/,
  /(["'`])(~[^"'`\n]{0,200})\1\)?\s{0,20}[+/]\s{0,20}(["'`])([^"'`\n]{1,200})\3/,
];

/** With paths of the home folder as one word each: `join(homedir(), ".aws", "credentials")`. */
export function withHome(text: string): string {
  let joined = text.replace(HOME_CALL, '"~"');
  if (joined === text) return text;
  joined = joined.replace(/\$?\{"~"\}/g, '~').replace(/"~"\.(?:joinpath|join)\(/g, 'join("~", ');
  for (let turn = 0; turn < MOST_JOINED; turn++) {
    const before = joined;
    for (const way of JOINED)
      joined = joined.replace(
        way,
        (_, _quote, from: string, _other, part: string) => `"${from.replace(/\/$/, '')}/${part.replace(/^\//, '')}"`,
      );
    if (joined === before) break;
  }
  return joined;
}
