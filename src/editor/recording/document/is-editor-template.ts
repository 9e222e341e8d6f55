/** Files in a folder's `.vscode` that the editor itself makes at a person's command, recognised by their whole text. Pure. */

const FILE = /(?:^|\/)\.vscode\/(?:[\w-]+\.json|[^/]+\.code-snippets)$/;

const NODE = '"type":"node","request":"launch","name":"LaunchProgram","skipFiles":\\["<node_internals>/\\*\\*"\\]';
const PROGRAM = '"program":"[^"]*"(?:,"outFiles":\\["[${}/*.\\w]*"\\])?';
const LAUNCH = new RegExp(
  `^\\{//[^"{}]+/fwlink/\\?linkid=830387"version":"0\\.2\\.0","configurations":\\[(?:\\{${NODE},${PROGRAM}\\})?\\]\\}$`,
);

/** What they are, without white space. */
const TEXTS: readonly RegExp[] = [
  /^\{\}$/,
  /^\{"version":"2\.0\.0","tasks":\[\]\}$/,
  /^\{\/\/Seehttps:\/\/go\.microsoft\.com\/fwlink\/\?LinkId=733558\/\/[\w.]+"version":"2\.0\.0","tasks":\[\{"label":"echo","type":"shell","command":"echoHello"\}\]\}$/,
  LAUNCH,
  /^\{\/\/Seehttps:\/\/go\.microsoft\.com\/fwlink\/\?LinkId=827846[\w.]+\/\/[\w.:${}]+\/\/[\w.]+"recommendations":\[\],\/\/[\w.]+"unwantedRecommendations":\[\]\}$/,
];

/** Snippets of which there is only the explanation. */
const SNIPPETS = /^\{\s*\/\/ Place your [^\n]* snippets here\.[^\n]*\n(?:\s*\/\/[^\n]*\n)*\s*\}\s*$/;

export const isEditorTemplate = (path: string, text: string): boolean =>
  FILE.test(path) && (TEXTS.some((whole) => whole.test(text.replace(/\s+/g, ''))) || SNIPPETS.test(text));
