/** What a command does with Linekeeper itself: the command that it starts, and whether it removes the program. */
import { nameOf, type Word } from '../../shell';
import { AUDIENCE } from '../verb-audience';

/** Our name in package installers: with a version, or with the publisher before it and the platform after it. */
const OUR_NAME = /^(?:linekeeper\.)?linekeeper(?:@[^]*)?$/i;
/** The command line's script file, which Node also finds without its extension. */
const OUR_FILE = /(?:^|[\\/])dist[\\/]cli(?:\.js)?$/;
/** Our name is looked for in this many non-option words: `npm exec -- linekeeper`. */
const FIRST_WORDS = 4;

/** Programs that start no others: for them our name is an ordinary argument. */
const READERS =
  /^(?:echo|printf|[ef]?grep|rg|ag|ack|git|gh|ls|cat|head|tail|less|more|man|which|type|whereis|cd|pushd|mkdir|touch|rm|cp|mv|ln|find|fd|diff|wc|file|stat|test|\[{1,2}|vim?|nano|sed|sort|export|alias|read|for|case|kill|pkill|pgrep|curl|wget)$/;

/**
 * The command that speaks for a person, when the words start Linekeeper with one: by its name, or by its script file.
 * Options may precede both.
 */
export function verbForPeople(words: readonly Word[]): string | undefined {
  if (READERS.test(nameOf(words[0]))) return undefined;
  const plain = words.flatMap((word, index) => (word.text.startsWith('-') ? [] : [index])).slice(0, FIRST_WORDS);
  const at = plain.find((index) => isOurs(words[index]));
  if (at === undefined) return undefined;
  const rest = words.slice(at + 1).map((word) => word.text);
  const verb = rest.find((text, index) => !text.startsWith('-') && rest[index - 1] !== '--repo');
  if (verb === undefined || rest.some((text) => text === '--help' || text === '-h')) return undefined;
  const audience = Object.hasOwn(AUDIENCE, verb) ? AUDIENCE[verb] : undefined;
  if (audience === 'person') return verb;
  const word = audience instanceof RegExp ? rest.find((text) => audience.test(text)) : undefined;
  return word === undefined ? undefined : `${verb} ${word.split('=')[0] ?? ''}`;
}

const isOurs = (word: Word | undefined): boolean =>
  word !== undefined && (OUR_NAME.test(nameOf(word)) || OUR_FILE.test(word.text));

/** Programs that remove others, or extensions; for some, only what follows their name is left here. */
const INSTALLERS =
  /^(?:p?npm|yarn|bun|volta|code(?:-insiders|-oss)?|codium|vscodium|code-server|cursor|windsurf|kiro|antigravity|positron|uninstall|remove|un|rm)$/i;
const TAKES_AWAY = /^(?:uninstall|remove|rm|r|un|unlink|--(?:uninstall|disable)-extension)$/;

/** Whether the words remove Linekeeper from this machine, or from an editor. */
export function takesUsAway(words: readonly Word[]): boolean {
  const texts = words.flatMap(({ text }) => (text.startsWith('--') ? text.split('=') : [text]));
  const name = nameOf(words[0]).toLowerCase();
  // `rm` uninstalls only after `yarn` and similar managers, which are no longer in the words; by itself it removes a
  // file
  if (!INSTALLERS.test(name) || (name === 'rm' && !texts.some((text) => /^(?:-g|--global)$/.test(text)))) return false;
  return texts.some((text) => TAKES_AWAY.test(text)) && texts.some((text) => OUR_NAME.test(text));
}
