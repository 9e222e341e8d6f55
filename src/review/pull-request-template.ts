/**
 * The repository's own template for pull requests, and a text that somebody has written already: they are kept, and
 * ours is put at a marker in them, or below.
 */
import type { ForgeId } from './forges/forge';

/** Where forges look for it, the first that is there; relative to the top. */
export const TEMPLATE_PATHS: Readonly<Partial<Record<ForgeId, readonly string[]>>> = {
  github: ['.github', '.', 'docs'].flatMap((folder) =>
    ['pull_request_template.md', 'PULL_REQUEST_TEMPLATE.md'].map((name) =>
      folder === '.' ? name : `${folder}/${name}`,
    ),
  ),
  gitlab: ['.gitlab/merge_request_templates/Default.md', '.gitlab/merge_request_templates/default.md'],
  gitea: ['.gitea', '.github', '.', 'docs'].flatMap((folder) =>
    ['pull_request_template.md', 'PULL_REQUEST_TEMPLATE.md'].map((name) =>
      folder === '.' ? name : `${folder}/${name}`,
    ),
  ),
  azure: [
    '.azuredevops/pull_request_template.md',
    '.vsts/pull_request_template.md',
    'docs/pull_request_template.md',
    'pull_request_template.md',
  ],
};

/** A template may say where our text goes. */
const PLACE = '<!-- linekeeper -->';
const BEGIN = '<!-- linekeeper: begin -->';
const END = '<!-- linekeeper: end -->';

/** Our text between marks, so that it is found again and replaced. */
const marked = (ours: string): string => `${BEGIN}\n${ours}\n${END}`;

/**
 * `text` with ours in it: in place of what we wrote before, else at the marker, else below. What people wrote stays as
 * it is, byte for byte.
 */
export function withOurs(text: string, ours: string): string {
  const begin = text.indexOf(BEGIN);
  const end = begin < 0 ? -1 : text.indexOf(END, begin);
  if (end >= 0) return `${text.slice(0, begin)}${marked(ours)}${text.slice(end + END.length)}`;
  const place = text.indexOf(PLACE);
  if (place >= 0) return `${text.slice(0, place)}${marked(ours)}${text.slice(place + PLACE.length)}`;
  const kept = text.trimEnd();
  return kept === '' ? marked(ours) : `${kept}\n\n${marked(ours)}\n`;
}
