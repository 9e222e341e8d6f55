import { ASSISTANTS } from './registry';
import type { Assistant, Surroundings } from './types';

/** A file, or a folder with files, that decides whether an assistant's hooks run. */
export interface HookPlace {
  /** Absolute. */
  readonly file: string;
  readonly assistant: Assistant;
}

/** The folder of a file, where its name says that it holds hooks. */
const OWN_FOLDER = /^(.*[\\/](?:hooks|plugins?))[\\/][^\\/]*$/i;

/**
 * Every file and folder, of this user and of the repository, in which hooks of some assistant are set up or turned off.
 */
export function hookPlaces(where: Surroundings): HookPlace[] {
  return ASSISTANTS.flatMap((assistant) => {
    const files = [...assistant.hooks('user', where), ...assistant.hooks('project', where)].map((setup) => setup.file);
    // where hooks have a folder of their own, each file in it is a hook
    const folders = files.flatMap((file) => OWN_FOLDER.exec(file)?.[1] ?? []);
    return [...new Set([...folders, ...files, ...assistant.settings(where)])].map((file) => ({ file, assistant }));
  });
}
