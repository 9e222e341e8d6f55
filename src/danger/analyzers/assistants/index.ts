/** What a change brings the next assistant: rights, programs, servers of tools, and what it reads without anybody seeing it. */
export { assistants } from './loosened-assistant-settings';
export { hiddenCharacters } from './hidden-characters';
