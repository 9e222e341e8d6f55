/** Lines of the repository that a trace names, and who changed them last. */
import path from 'node:path';
import { blame } from '../../review/gate';
import type { Commit, Repository } from '../../git';
import { quoted } from '../../policy';
import type { Frame } from './stack-frames-and-names-in-text';
import { SuffixMap } from './match-path-suffix';
import type { Search } from './suspect-search-types';
import { REASON_WEIGHTS, type Add } from './weigh-reasons';

export interface MatchedFrame extends Frame {
  readonly file: string;
  /** No other file matches as well. */
  readonly sure: boolean;
  /** More than the file's name matches. */
  readonly close: boolean;
}

const FRAMES_BLAMED = 30;
const OLDER_TOLD = 3;
/** A place further down in a trace says a little less. */
const DEEPER = 0.93;

/** The files that frames refer to. `own`: the names of the repository itself as a library. */
export function mapFrames(
  frames: readonly Frame[],
  tracked: readonly string[],
  ourPackages: readonly string[],
): { readonly places: readonly MatchedFrame[]; readonly unmapped: number } {
  const map = new SuffixMap(tracked, ourPackages);
  let unmapped = 0;
  const places = frames.flatMap((frame): MatchedFrame[] => {
    const mapped = map.of(frame.path, frame);
    if (mapped === undefined) {
      unmapped++;
      return [];
    }
    const { files, close } = mapped;
    return files.slice(0, 3).map((file) => ({ ...frame, file, close, sure: files.length === 1 }));
  });
  return { places, unmapped };
}

/** What the repository may be called where it is installed as a library: by its folder and its remotes. */
export async function ownNames(repository: Repository): Promise<readonly string[]> {
  const { stdout } = await repository.git(['config', '--get-regexp', String.raw`^remote\..*\.url$`], { codes: [0, 1] });
  const addresses = stdout.toString('utf8').split('\n');
  return [
    path.basename(repository.root),
    ...addresses.map((address) => path.posix.basename(address.trim()).replace(/\.git$/, '')),
  ].filter((name) => name !== '');
}

/** The caveat for a file that has only its name in common with a path in the trace. */
export const onlyName = (there: string): string =>
  `The trace names ${there}, of which only the file's name is the same.`;

/** Who last changed the lines that the trace names, in what was deployed. Returns what else to report. */
export async function byLines(
  { repository, deployed, now }: Search,
  places: readonly MatchedFrame[],
  window: ReadonlyMap<string, Commit>,
  add: Add,
): Promise<readonly string[]> {
  const notices: string[] = [];
  const older: string[] = [];
  const looked = places.filter(({ sure }) => sure).slice(0, FRAMES_BLAMED);
  for (const file of new Set(looked.map((place) => place.file))) {
    const lines = await blame(repository, file, deployed, { plain: false, now, passOver: () => undefined });
    for (const at of looked.filter((place) => place.file === file)) {
      const { line, path: there, close } = at;
      const depth = looked.indexOf(at);
      const found = lines?.[line - 1];
      const place = `${file}:${String(line)}`;
      if (lines !== undefined && found === undefined && close)
        notices.push(
          `The trace names ${place}, and that file has ${String(lines.length)} lines in what was deployed: is it the right revision?`,
        );
      if (typeof found?.commit !== 'string') continue;
      if (!close) add(found.commit, 'file', `It last changed ${place}. ${onlyName(`${there}:${String(line)}`)}`);
      else if (window.has(found.commit))
        add(
          found.commit,
          'line',
          `It last changed ${place}, which the trace names.`,
          // What is at the top of a trace failed; what is below called it.
          REASON_WEIGHTS.line * DEEPER ** Math.min(depth, 10),
        );
      else older.push(`${quoted(place)} (by ${found.commit.slice(0, 10)})`);
    }
  }
  if (older.length > 0) {
    const more = older.length > OLDER_TOLD ? ` and ${String(older.length - OLDER_TOLD)} more` : '';
    notices.push(
      `The trace names lines that were last changed before the commits that were looked at: ${older.slice(0, OLDER_TOLD).join(', ')}${more}. An earlier last good revision (--last-good REV) looks further back.`,
    );
  }
  return notices;
}
